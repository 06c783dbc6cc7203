namespace DaprMoE.ServiceDefaults;

/// <summary>A part of a service that can fail for good after the start. All that are registered are asked at each readiness probe.</summary>
public interface IReadinessCheck
{
    /// <summary>Why requests can't be served, a sentence with its full stop; null while they can. Must not block.</summary>
    string? Fault { get; }
}
