namespace DaprMoE.Scheduling;

/// <summary>Options of all policies, a section for each.</summary>
public sealed record PolicyOptions
{
    /// <summary>Options of <c>eplb</c>.</summary>
    public EplbOptions Eplb { get; init; } = new();

    /// <summary>Options of <c>moeless</c>.</summary>
    public MoelessOptions Moeless { get; init; } = new();

    /// <summary>Options of <c>auto</c>.</summary>
    public AutoOptions Auto { get; init; } = new();
}
