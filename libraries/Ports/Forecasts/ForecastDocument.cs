namespace DaprMoE.Ports;

/// <summary>Loads that are expected in the window to come.</summary>
public sealed record ForecastDocument
{
    /// <summary>The forecast's number, at least 1, rising.</summary>
    public required long Version { get; init; }

    /// <summary>The served model.</summary>
    public required string Model { get; init; }

    /// <summary>The newest window that it was made from.</summary>
    public required long WindowVersion { get; init; }

    /// <summary>Which predictor made it, e.g. <c>lightgbm</c>, <c>smoothing</c>, <c>mean-of-8</c>.</summary>
    public required string Predictor { get; init; }

    /// <summary>Why this predictor: a sentence for people.</summary>
    public required string Reason { get; init; }

    /// <summary>Layers and experts of <see cref="Loads"/>.</summary>
    public required LayerShape Shape { get; init; }

    /// <summary>Expected tokens of each expert, [layers x experts], 0 or more.</summary>
    public required float[] Loads { get; init; }
}
