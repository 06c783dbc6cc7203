namespace DaprMoE.Predictors;

/// <summary>A network as it is stored and served: one layer (a gate) or two.</summary>
/// <param name="Layers">The layers, first to last.</param>
internal sealed record NetworkWeights(IReadOnlyList<DenseWeights> Layers)
{
    public int Inputs => Layers[0].Inputs;

    public int Outputs => Layers[^1].Outputs;

    public long Parameters => Layers.Sum(layer => ((long)layer.Inputs * layer.Outputs) + layer.Outputs);
}

/// <summary>One layer of a network.</summary>
/// <param name="Inputs">Width of a row.</param>
/// <param name="Outputs">Width of a result.</param>
/// <param name="Weights">[outputs, inputs], bf16.</param>
/// <param name="Bias">One value per output.</param>
internal sealed record DenseWeights(int Inputs, int Outputs, ushort[] Weights, float[] Bias)
{
    public static DenseWeights Round(int inputs, int outputs, ReadOnlySpan<float> weights, float[] bias) =>
        new(inputs, outputs, BrainFloat.Round(weights), bias);

    /// <summary>The weights as floats, [outputs, inputs].</summary>
    public float[] Widen() => Array.ConvertAll(Weights, BrainFloat.Widen);
}
