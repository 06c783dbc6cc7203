using DaprMoE.Inference;
using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Dispatch.Benchmarks;

/// <summary>Rows and choices for a layer: each token takes k experts by chance, the same in every layer.</summary>
internal sealed class LayerInput : IDisposable
{
    private readonly NativeBuffer _rows;
    private readonly int[] _experts;
    private readonly float[] _weights;

    public LayerInput(PackedModel model, int tokens)
    {
        Tokens = tokens;
        Hidden = model.Description.HiddenSize;
        Layers = [.. Enumerable.Range(0, model.Description.Layers.Count).Where(layer => model.Description.Layers[layer] is MoeFeedForward)];
        Moe = (MoeFeedForward)model.Description.Layers[Layers[0]];
        Random random = new(tokens);
        _rows = new NativeBuffer(2L * tokens * Hidden * sizeof(float));
        foreach (ref float value in Input)
        {
            value = (float)(random.NextDouble() - 0.5);
        }

        int[] all = [.. Enumerable.Range(0, Moe.Experts)];
        _experts = new int[tokens * Moe.TopK];
        _weights = new float[_experts.Length];
        Array.Fill(_weights, 1f / Moe.TopK);
        for (int token = 0; token < tokens; token++)
        {
            random.Shuffle(all);
            all.AsSpan(0, Moe.TopK).CopyTo(_experts.AsSpan(token * Moe.TopK));
        }
    }

    public int Tokens { get; }

    public int Hidden { get; }

    public MoeFeedForward Moe { get; }

    /// <summary>The layers with experts.</summary>
    public int[] Layers { get; }

    public ReadOnlySpan<int> Experts => _experts;

    public unsafe Span<float> Input => new(_rows.Floats, Tokens * Hidden);

    public void Forward(IMoeLayer layer, int index) => layer.Forward(new MoeLayerCall
    {
        Layer = index,
        HiddenSize = Hidden,
        TopK = Moe.TopK,
        Input = Input,
        Experts = _experts,
        Weights = _weights,
        Output = Output,
    });

    public void Dispose() => _rows.Dispose();

    private unsafe Span<float> Output => new(_rows.Floats + (Tokens * Hidden), Tokens * Hidden);
}
