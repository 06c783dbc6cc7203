using DaprMoE.Inference;

namespace DaprMoE.Dispatch;

/// <summary>What is known when a layer is decided about.</summary>
internal readonly ref struct LayerInput
{
    /// <summary>Rows of the iteration.</summary>
    public required int Rows { get; init; }

    /// <summary>The layer whose gate input is known; -1 for none.</summary>
    public required int Source { get; init; }

    /// <summary>That gate input.</summary>
    public ReadOnlySpan<float> GateInput { get; init; }

    /// <summary>The rows' token ids.</summary>
    public ReadOnlySpan<int> Tokens { get; init; }

    /// <summary>No layer has run.</summary>
    public static LayerInput AtStart(ReadOnlySpan<int> tokens) => new() { Rows = tokens.Length, Source = -1, Tokens = tokens };

    /// <summary>The gate of a layer has chosen.</summary>
    public static LayerInput After(in MoeLayerCall call) =>
        new() { Rows = call.Experts.Length / call.TopK, Source = call.Layer, GateInput = call.Input };
}
