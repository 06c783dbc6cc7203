namespace DaprMoE.LoadPredictor;

/// <summary>Bounds of memory, rows and fits.</summary>
internal sealed record FitSettings
{
    /// <summary>Windows that are kept.</summary>
    public int Windows { get; init; } = 256;

    /// <summary>Windows before the first fit.</summary>
    public int LeastWindows { get; init; } = 32;

    /// <summary>New windows between two fits.</summary>
    public int RefitEvery { get; init; } = 16;

    /// <summary>Most rows of a fit.</summary>
    public int MaxRows { get; init; } = 100_000;

    /// <summary>Part of the kept windows, the newest, that candidates are compared on.</summary>
    public double HeldOut { get; init; } = 0.25;

    /// <summary>Seed of the fits.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether what is known of the window to come is a feature.</summary>
    public bool UseExpectations { get; init; } = true;
}
