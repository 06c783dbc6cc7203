namespace DaprMoE.LoadPredictor;

/// <summary>Which features a row has, and where.</summary>
internal static class FeatureSet
{
    /// <summary>Changes whenever a feature changes its meaning or place: a model that was fitted on others is foreign.</summary>
    public const int Version = 1;

    public const int Lags = 8;

    /// <summary>Experts of each neighbouring layer that tell about an expert.</summary>
    public const int Neighbours = 3;

    public const int Smoothed = Lags;
    public const int Variation = Smoothed + 1;
    public const int Largest = Variation + 1;
    public const int VariationTimesSmoothed = Largest + 1;
    public const int Surprises = VariationTimesSmoothed + 1;
    public const int PromptFraction = Surprises + (2 * Neighbours);
    public const int Tokens = PromptFraction + 1;
    public const int PromptFractionTimesSmoothed = Tokens + 1;
    public const int TokensTimesSmoothed = PromptFractionTimesSmoothed + 1;
    public const int LayerPosition = TokensTimesSmoothed + 1;

    /// <summary>Features that history alone gives.</summary>
    public const int OfHistory = LayerPosition + 1;

    public const int ExpectedChange = OfHistory;
    public const int Coverage = ExpectedChange + 1;
    public const int MatchedChange = Coverage + 1;
    public const int CoveredChange = MatchedChange + 1;

    /// <summary>Features with those of what is known of the window to come.</summary>
    public const int All = CoveredChange + 1;
}
