namespace DaprMoE.Models;

/// <summary>All tensors that a described model needs, with their shapes, in the order of the forward pass.</summary>
internal static class ModelTensors
{
    public static IEnumerable<TensorSpec> Of(ModelDescription model, ITensorNames names)
    {
        long hidden = model.HiddenSize;
        yield return Matrix(names.Embedding, model.VocabularySize, hidden, TensorRole.Embedding);
        for (int layer = 0; layer < model.Layers.Count; layer++)
        {
            LayerTensorNames layerNames = names.Layer(layer);
            foreach (TensorSpec tensor in Attention(model, layerNames).Concat(FeedForward(model, names, layerNames, layer)))
            {
                yield return tensor;
            }
        }

        yield return Vector(names.FinalNorm, hidden);
        if (!model.TiedEmbeddings)
        {
            yield return Matrix(names.Output, model.VocabularySize, hidden, TensorRole.Output);
        }
    }

    private static IEnumerable<TensorSpec> Attention(ModelDescription model, LayerTensorNames names)
    {
        AttentionDescription attention = model.Attention;
        long queries = (long)attention.Heads * attention.HeadSize;
        long keys = (long)attention.KvHeads * attention.HeadSize;
        long hidden = model.HiddenSize;
        yield return Vector(names.InputNorm, hidden);
        yield return Matrix(names.Query, queries, hidden, TensorRole.Projection);
        yield return Matrix(names.Key, keys, hidden, TensorRole.Projection);
        yield return Matrix(names.Value, keys, hidden, TensorRole.Projection);
        yield return Matrix(names.AttentionOutput, hidden, queries, TensorRole.ResidualProjection);
        if (attention.Biases)
        {
            yield return Bias(names.Query, queries);
            yield return Bias(names.Key, keys);
            yield return Bias(names.Value, keys);
            yield return Bias(names.AttentionOutput, hidden);
        }

        if (attention.QueryKeyNorm)
        {
            yield return Vector(names.QueryNorm, attention.HeadSize);
            yield return Vector(names.KeyNorm, attention.HeadSize);
        }

        yield return Vector(names.PostAttentionNorm, hidden);
    }

    private static IEnumerable<TensorSpec> FeedForward(ModelDescription model, ITensorNames all, LayerTensorNames names, int layer)
    {
        switch (model.Layers[layer])
        {
            case MoeFeedForward moe:
                yield return Matrix(names.Gate, moe.Experts, model.HiddenSize, TensorRole.Gate);
                for (int expert = 0; expert < moe.Experts; expert++)
                {
                    foreach (TensorSpec tensor in Gated(all.Expert(layer, expert), moe.FfnSize, model.HiddenSize, isExpert: true))
                    {
                        yield return tensor;
                    }
                }

                break;
            case DenseFeedForward dense:
                foreach (TensorSpec tensor in Gated(names.Dense, dense.FfnSize, model.HiddenSize, isExpert: false))
                {
                    yield return tensor;
                }

                break;
        }
    }

    private static TensorSpec[] Gated(GatedTensorNames names, long ffn, long hidden, bool isExpert)
    {
        TensorRole input = isExpert ? TensorRole.ExpertGateUp : TensorRole.Projection;
        TensorRole output = isExpert ? TensorRole.ExpertDown : TensorRole.ResidualProjection;
        return [Matrix(names.Gate, ffn, hidden, input), Matrix(names.Up, ffn, hidden, input), Matrix(names.Down, hidden, ffn, output)];
    }

    private static TensorSpec Matrix(string name, long outputs, long inputs, TensorRole role) =>
        new($"{name}.weight", [outputs, inputs], role);

    private static TensorSpec Vector(string name, long length) => new($"{name}.weight", [length], TensorRole.Norm);

    private static TensorSpec Bias(string name, long length) => new($"{name}.bias", [length], TensorRole.Bias);
}
