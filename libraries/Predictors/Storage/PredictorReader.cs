using DaprMoE.Models;

namespace DaprMoE.Predictors;

/// <summary>Reads a file of predictors and holds its parts to the model.</summary>
internal sealed class PredictorReader(SafetensorsFile source, MoeShape shape)
{
    private const int MostUnits = 1 << 16;

    private readonly CheckedFile _file = new(source, "train again with `daprmoe train-predictor`, which replaces the file");

    public PredictorSet Read()
    {
        _file.RequireFormat(PredictorFile.Format, PredictorFile.Version);
        string fingerprint = _file.Metadata("fingerprint");
        if (fingerprint != shape.Fingerprint)
        {
            throw new PredictorException(
                $"{_file.Path} was trained for the model {fingerprint}, this one is {shape.Fingerprint}; train for this one with "
                + "`daprmoe train-predictor`, which replaces the file.");
        }

        PredictorIndex index = _file.Json("index", PredictorJson.Default.PredictorIndex);
        PredictorReport report = _file.Json("report", PredictorJson.Default.PredictorReport);
        return new PredictorSet(shape, [.. index.Pairs.Select(ReadPair)], ReadTable(index.Table), report);
    }

    private PairPredictors ReadPair(PairIndex index)
    {
        int layers = shape.Layers.Count;
        _file.Require(
            index.Source >= 0 && index.Source < index.Target && index.Target < layers,
            $"has a pair {index.Source}-{index.Target} of a model with {layers} MoE layers");
        LayerPair pair = new(index.Source, index.Target);
        ServedNetwork gate = ReadNetwork(TensorNames.Gate(pair), index.Gate, index.Target);
        ServedNetwork? mlp = index.Mlp is null ? null : ReadNetwork(TensorNames.Mlp(pair), index.Mlp, index.Target);
        return new PairPredictors(pair, gate, mlp, index.Best);
    }

    private ServedNetwork ReadNetwork(string name, NetworkIndex index, int target)
    {
        _file.Require(index.Layers is 1 or 2, $"has a network '{name}' of {index.Layers} layers, where 1 or 2 are wanted");
        List<DenseWeights> layers = [];
        int inputs = shape.HiddenSize;
        for (int i = 0; i < index.Layers; i++)
        {
            bool isLast = i == index.Layers - 1;
            int outputs = isLast ? shape.Layers[target].Experts : _file.Rows(TensorNames.Bias(name, i), MostUnits);
            float[] bias = _file.Values<float>(TensorNames.Bias(name, i), SafetensorsType.F32, outputs, 1);
            ushort[] weights = _file.Values<ushort>(TensorNames.Weight(name, i), SafetensorsType.BF16, outputs, inputs);
            layers.Add(new DenseWeights(inputs, outputs, weights, bias));
            inputs = outputs;
        }

        return new ServedNetwork(new NetworkWeights(layers), index.Form, index.IsTuned, index.BeatsConstants);
    }

    private TokenTable ReadTable(IReadOnlyList<TableIndex> index)
    {
        _file.Require(index.Count == shape.Layers.Count, $"has a token table of {index.Count} layers for a model of {shape.Layers.Count}");
        int count = _file.Rows(TensorNames.TableTokens, shape.VocabularySize);
        int[] tokens = _file.Values<int>(TensorNames.TableTokens, SafetensorsType.I32, count, 1);
        _file.Require(tokens.All(token => (uint)token < (uint)shape.VocabularySize), "has a token table with an id beyond the vocabulary");
        return new TokenTable(tokens, [.. index.Select((layer, i) => new TokenTableLayer(
            _file.Values<ushort>(TensorNames.Table(i), SafetensorsType.BF16, count + 1, shape.Layers[i].Experts),
            layer.Form, layer.BeatsConstants))]);
    }
}
