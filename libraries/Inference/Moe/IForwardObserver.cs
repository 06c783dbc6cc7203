namespace DaprMoE.Inference;

/// <summary>
/// Sees a forward pass from inside, without copies: spans are valid during the call only and must not be changed.
/// Runs on the engine's thread, so it must be quick.
/// </summary>
public interface IForwardObserver
{
    /// <summary>The rows of an iteration, before its first layer.</summary>
    void BeforeLayers(in ForwardRows rows)
    {
    }

    /// <summary>The residual stream after a layer's attention, [t, H].</summary>
    void AfterAttention(int layer, ReadOnlySpan<float> hidden)
    {
    }

    /// <summary>The gate input of a MoE layer, [t, H], before the gate runs.</summary>
    void BeforeGate(int layer, ReadOnlySpan<float> gateInput)
    {
    }

    /// <summary>Router logits [t, E], chosen experts and combine weights [t, k] of a MoE layer.</summary>
    void AfterGate(int layer, ReadOnlySpan<float> routerLogits, ReadOnlySpan<int> experts, ReadOnlySpan<float> weights)
    {
    }

    /// <summary>The residual stream after a layer, [t, H].</summary>
    void AfterLayer(int layer, ReadOnlySpan<float> hidden)
    {
    }

    /// <summary>Logits of one sequence's row, [V]; <paramref name="position"/> is that of the token it was computed from.</summary>
    void AfterLogits(int sequence, int position, ReadOnlySpan<float> logits)
    {
    }
}
