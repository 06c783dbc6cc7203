using System.Globalization;

namespace DaprMoE.Scheduling;

/// <summary>One resident copy of an expert; prints as <c>L{layer}.E{expert}.R{index}</c>.</summary>
/// <param name="Expert">The expert.</param>
/// <param name="Index">Copy, from 0.</param>
public readonly record struct ReplicaId(ExpertId Expert, int Index)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Expert}.R{Index}");
}
