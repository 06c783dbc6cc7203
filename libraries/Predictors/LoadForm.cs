namespace DaprMoE.Predictors;

/// <summary>How a layer's loads come of what is foreseen for each token.</summary>
public enum LoadForm
{
    /// <summary>Count the k likeliest experts of each token.</summary>
    Counts,

    /// <summary>Add up each token's shares, times k.</summary>
    Soft,
}
