using System.Globalization;

namespace DaprMoE.Scheduling;

/// <summary>One feed-forward network of one layer; prints as <c>L{layer}.E{expert}</c>.</summary>
/// <param name="Layer">Layer, from 0.</param>
/// <param name="Expert">Expert within the layer, from 0.</param>
public readonly record struct ExpertId(int Layer, int Expert)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"L{Layer}.E{Expert}");
}
