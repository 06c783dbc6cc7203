namespace DaprMoE.Cli;

/// <summary>When a weight copy is there.</summary>
internal enum CopyTime
{
    /// <summary>When the host link has carried it.</summary>
    HostLinks,

    /// <summary>At once, as the papers have it.</summary>
    Instant,
}
