using System.Runtime.InteropServices;
using DaprMoE.Inference;
using DaprMoE.Tensors;

namespace DaprMoE.Dispatch.Tests;

/// <summary>One layer's work with seeded rows, choices and weights, and what has to come out.</summary>
internal sealed unsafe class LayerCase
{
    public const int Hidden = 21;

    private readonly float[] _input;

    public LayerCase(int tokens, int topK, int experts, int seed)
    {
        Random random = new(seed);
        (Tokens, TopK, Experts) = (tokens, topK, experts);
        _input = [.. Enumerable.Range(0, tokens * Hidden).Select(_ => (float)(random.NextDouble() - 0.5))];
        Chosen = [.. Enumerable.Range(0, tokens).SelectMany(_ => Choose(random))];
        Weights = [.. Chosen.Select(_ => (float)random.NextDouble())];
    }

    public int Tokens { get; }

    public int TopK { get; }

    public int Experts { get; }

    public int[] Chosen { get; }

    public float[] Weights { get; }

    public DispatchLimits Limits => new(Tokens, TopK, Experts, Hidden);

    /// <summary>Element <paramref name="column"/> of the row that an expert makes of an input row.</summary>
    public static float Expert(int expert, float input, int column) => (input * (expert + 0.37f)) + (column * 1e-3f);

    /// <summary>Who waits for the layer may leave.</summary>
    public CancellationToken Abandoned { get; init; }

    public float[] Run(MoeDispatcher dispatcher, int layer = 0)
    {
        float[] output = new float[Tokens * Hidden];
        RunInto(dispatcher, output, layer);
        return output;
    }

    public void RunInto(MoeDispatcher dispatcher, float[] output, int layer = 0) => dispatcher.Forward(new MoeLayerCall
    {
        Layer = layer,
        HiddenSize = Hidden,
        TopK = TopK,
        Input = _input,
        Experts = Chosen,
        Weights = Weights,
        Output = output,
        Abandoned = Abandoned,
    });

    /// <summary>Combines all rows at once.</summary>
    public float[] Expected()
    {
        float[] output = new float[Tokens * Hidden];
        for (int token = 0; token < Tokens; token++)
        {
            int[] terms = [.. Enumerable.Range(token * TopK, TopK).OrderBy(pair => Chosen[pair])];
            float[] rows = [.. terms.SelectMany(pair => Row(Chosen[pair], token))];
            float[] weights = [.. terms.Select(pair => Weights[pair])];
            int[] index = [.. Enumerable.Range(0, TopK)];
            fixed (float* r = rows, w = weights, o = output)
            fixed (int* i = index)
            {
                VectorMath.Best.Combine(r, Hidden, i, w, TopK, o + (token * Hidden), Hidden);
            }
        }

        return output;
    }

    public static void AssertSameBits(float[] expected, float[] actual) =>
        Assert.Equal(MemoryMarshal.Cast<float, int>(expected).ToArray(), MemoryMarshal.Cast<float, int>(actual).ToArray());

    private IEnumerable<int> Choose(Random random)
    {
        // Low experts come more often, as hot ones do.
        int[] all = [.. Enumerable.Range(0, Experts).OrderBy(expert => random.NextDouble() * (1 + (expert % 5)))];
        return all.Take(TopK);
    }

    private IEnumerable<float> Row(int expert, int token) =>
        Enumerable.Range(0, Hidden).Select(column => Expert(expert, _input[(token * Hidden) + column], column));
}
