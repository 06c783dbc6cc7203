namespace DaprMoE.Inference;

/// <summary>The MoE-layer port: the experts of a layer, wherever they are.</summary>
public interface IMoeLayer
{
    /// <summary>An iteration begins: its rows are known before any of its layers runs.</summary>
    /// <param name="rows">The rows; valid during the call only.</param>
    void BeginIteration(in ForwardRows rows)
    {
    }

    /// <summary>
    /// Sends each row to its experts and combines their answers: terms w·y rounded to f32, in ascending expert id,
    /// summed by a fixed binary tree. Returns when all rows are written.
    /// </summary>
    /// <exception cref="ExpertsUnavailableException">The experts can't be reached now.</exception>
    /// <exception cref="OperationCanceledException">The call was abandoned while the layer waited for its experts.</exception>
    void Forward(in MoeLayerCall call);
}

/// <summary>One MoE layer's work in one iteration.</summary>
public readonly ref struct MoeLayerCall
{
    /// <summary>The layer.</summary>
    public required int Layer { get; init; }

    /// <summary>Width H of a row.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Experts per token, k.</summary>
    public required int TopK { get; init; }

    /// <summary>The gate input, [t, H].</summary>
    public required ReadOnlySpan<float> Input { get; init; }

    /// <summary>Chosen experts, [t, k], by weight, descending.</summary>
    public required ReadOnlySpan<int> Experts { get; init; }

    /// <summary>Combine weights of <see cref="Experts"/>, [t, k].</summary>
    public required ReadOnlySpan<float> Weights { get; init; }

    /// <summary>Receives the combined rows, [t, H].</summary>
    public required Span<float> Output { get; init; }

    /// <summary>Cancelled when nobody waits for the iteration any more: a layer that waits for its experts gives up.</summary>
    public CancellationToken Abandoned { get; init; }
}
