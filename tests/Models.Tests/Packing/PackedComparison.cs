using DaprMoE.Tensors;

namespace DaprMoE.Models.Tests.Packing;

/// <summary>Reads every weight back from a packed model, by the definition of the layout, and compares it with the checkpoint's.</summary>
internal sealed unsafe class PackedComparison(PackedModel model, Checkpoint checkpoint)
{
    private readonly List<string> _differences = [];
    private readonly ITensorNames _names = checkpoint.Family.Names;

    /// <summary>The weights that differ.</summary>
    public IReadOnlyList<string> Differences()
    {
        ModelWeights weights = model.Weights;
        string output = model.Description.TiedEmbeddings ? _names.Embedding : _names.Output;
        Compare($"{_names.Embedding}.weight", Values(weights.Embedding));
        Compare($"{output}.weight", Values(weights.Output));
        Compare($"{_names.FinalNorm}.weight", Values(weights.FinalNorm));
        for (int layer = 0; layer < weights.Layers.Count; layer++)
        {
            CompareAttention(weights.Layers[layer], _names.Layer(layer));
            CompareFeedForward(weights.Layers[layer], layer);
        }

        return _differences;
    }

    private void CompareAttention(LayerWeights layer, LayerTensorNames names)
    {
        Compare($"{names.InputNorm}.weight", Values(layer.InputNorm));
        Compare($"{names.PostAttentionNorm}.weight", Values(layer.PostAttentionNorm));
        Compare($"{names.QueryNorm}.weight", Values(layer.QueryNorm));
        Compare($"{names.KeyNorm}.weight", Values(layer.KeyNorm));
        CompareProjection(names.Query, layer.Query);
        CompareProjection(names.Key, layer.Key);
        CompareProjection(names.Value, layer.Value);
        CompareProjection(names.AttentionOutput, layer.AttentionOutput);
    }

    private void CompareFeedForward(LayerWeights weights, int layer)
    {
        LayerTensorNames names = _names.Layer(layer);
        if (model.Description.Layers[layer] is not MoeFeedForward moe)
        {
            CompareGated(names.Dense, weights.Dense!.Value, ((DenseFeedForward)model.Description.Layers[layer]).FfnSize);
            return;
        }

        Compare($"{names.Gate}.weight", Values(weights.Gate!.Value));
        for (int expert = 0; expert < moe.Experts; expert++)
        {
            nint address = model.MappedExpert(layer, expert);
            Assert.Equal(0, address % 4096);
            CompareGated(_names.Expert(layer, expert), model.ExpertAt(layer, expert, address), moe.FfnSize);
        }
    }

    private void CompareProjection(string name, Projection projection)
    {
        Compare($"{name}.weight", Values(projection.Matrix));
        Assert.Equal(model.Description.Attention.Biases, projection.Bias.IsPresent);
        if (projection.Bias.IsPresent)
        {
            Compare($"{name}.bias", Values(projection.Bias));
        }
    }

    private void CompareGated(GatedTensorNames names, GatedWeights weights, int ffn)
    {
        PackedMatrix both = weights.GateUp;
        Assert.Equal(0, both.Outputs % 64);
        float[] rows = Values(both);
        Compare($"{names.Gate}.weight", OfPair(rows, ffn, both.Inputs, 0));
        Compare($"{names.Up}.weight", OfPair(rows, ffn, both.Inputs, 1));
        Compare($"{names.Down}.weight", Values(weights.Down));
        Assert.Equal(both.Data + (nint)both.ByteLength, weights.Down.Data);
    }

    private static float[] OfPair(float[] rows, int ffn, int inputs, int which)
    {
        IEnumerable<float[]> own = Enumerable.Range(0, ffn)
            .Select(row => (((2 * (row / 32)) + which) * 32) + (row % 32))
            .Select(row => rows.AsSpan(row * inputs, inputs).ToArray());
        return [.. own.SelectMany(row => row)];
    }

    private void Compare(string name, float[] packed)
    {
        (SafetensorsFile file, SafetensorsTensor tensor, DType type) = checkpoint.Find(name);
        float[] expected = new float[tensor.Elements];
        fixed (byte* stored = file.Data(tensor.Name))
        fixed (float* values = expected)
        {
            VectorMath.Widen(type, stored, values, expected.Length);
        }

        if (!expected.AsSpan().SequenceEqual(packed))
        {
            _differences.Add(name);
        }
    }

    private static float[] Values(VectorView vector) => new ReadOnlySpan<float>((void*)vector.Data, vector.Length).ToArray();

    private static float[] Values(RowTable table)
    {
        float[] values = new float[table.Rows * table.Columns];
        fixed (float* destination = values)
        {
            VectorMath.Widen(table.Type, (byte*)table.Data, destination, values.Length);
        }

        return values;
    }

    private static float[] Values(PackedMatrix matrix)
    {
        Assert.Equal(0, matrix.Data % 64);
        float[] values = new float[matrix.Outputs * matrix.Inputs];
        for (int output = 0; output < matrix.Outputs; output++)
        {
            for (int input = 0; input < matrix.Inputs; input++)
            {
                values[(output * matrix.Inputs) + input] = ValueAt(matrix, output, input);
            }
        }

        return values;
    }

    private static float ValueAt(PackedMatrix matrix, int output, int input)
    {
        long row = (output / 32 * matrix.PanelBytes) + (input * 32L * matrix.Type.Size());
        int lane = output % 32;
        int slot = matrix.Type == DType.F32 ? lane : lane < 16 ? 2 * lane : (2 * (lane - 16)) + 1;
        byte* address = (byte*)matrix.Data + row + (slot * matrix.Type.Size());
        float value;
        VectorMath.Widen(matrix.Type, address, &value, 1);
        return value;
    }
}
