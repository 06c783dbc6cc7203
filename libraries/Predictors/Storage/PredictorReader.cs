using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DaprMoE.Models;

namespace DaprMoE.Predictors;

/// <summary>Reads a file of predictors and holds its parts to the model.</summary>
internal sealed class PredictorReader(SafetensorsFile file, MoeShape shape)
{
    private const int MostUnits = 1 << 16;

    public PredictorSet Read()
    {
        Require(
            Metadata("format") == PredictorFile.Format && Metadata("version") == PredictorFile.Version,
            $"is not of format {PredictorFile.Format}, version {PredictorFile.Version}");
        if (Metadata("fingerprint") != shape.Fingerprint)
        {
            throw new PredictorException(
                $"{file.Path} was trained for the model {Metadata("fingerprint")}, this one is {shape.Fingerprint}; train for this one with "
                + "`daprmoe train-predictor`, which replaces the file.");
        }

        PredictorIndex index = Json("index", PredictorJson.Default.PredictorIndex);
        PredictorReport report = Json("report", PredictorJson.Default.PredictorReport);
        return new PredictorSet(shape, [.. index.Pairs.Select(ReadPair)], ReadTable(index.Table), report);
    }

    private PairPredictors ReadPair(PairIndex index)
    {
        int layers = shape.Layers.Count;
        Require(
            index.Source >= 0 && index.Source < index.Target && index.Target < layers,
            $"has a pair {index.Source}-{index.Target} of a model with {layers} MoE layers");
        LayerPair pair = new(index.Source, index.Target);
        return new PairPredictors(pair, ReadNetwork(TensorNames.Gate(pair), index.Gate, index.Target)!,
            ReadNetwork(TensorNames.Mlp(pair), index.Mlp, index.Target), index.Best);
    }

    private ServedNetwork? ReadNetwork(string name, NetworkIndex? index, int target)
    {
        if (index is null)
        {
            return null;
        }

        Require(index.Layers is 1 or 2, $"has a network '{name}' of {index.Layers} layers, where 1 or 2 are wanted");
        List<DenseWeights> layers = [];
        int inputs = shape.HiddenSize;
        for (int i = 0; i < index.Layers; i++)
        {
            bool isLast = i == index.Layers - 1;
            int outputs = isLast ? shape.Layers[target].Experts : Outputs(TensorNames.Bias(name, i));
            float[] bias = Values<float>(TensorNames.Bias(name, i), SafetensorsType.F32, outputs, 1);
            layers.Add(new DenseWeights(inputs, outputs, Values<ushort>(TensorNames.Weight(name, i), SafetensorsType.BF16, outputs, inputs), bias));
            inputs = outputs;
        }

        return new ServedNetwork(new NetworkWeights(layers), index.Form, index.IsTuned, index.BeatsConstants);
    }

    private TokenTable ReadTable(IReadOnlyList<TableIndex> index)
    {
        Require(index.Count == shape.Layers.Count, $"has a token table of {index.Count} layers for a model of {shape.Layers.Count}");
        int count = Outputs(TensorNames.TableTokens);
        int[] tokens = Values<int>(TensorNames.TableTokens, SafetensorsType.I32, count, 1);
        Require(tokens.All(token => (uint)token < (uint)shape.VocabularySize), "has a token table with an id beyond the vocabulary");
        return new TokenTable(tokens, [.. index.Select((layer, i) => new TableLayerOf(layer, i).Read(this, count, shape.Layers[i].Experts))]);
    }

    /// <summary>The length of a tensor of one dimension.</summary>
    private int Outputs(string name)
    {
        Require(file.Tensors.TryGetValue(name, out SafetensorsTensor? tensor), $"has no tensor '{name}'");
        int most = Math.Max(MostUnits, shape.VocabularySize);
        Require(tensor!.Shape is [var length] && length >= 0 && length <= most, $"has a tensor '{name}' of {tensor.ShapeText}");
        return (int)tensor.Shape[0];
    }

    private T[] Values<T>(string name, SafetensorsType type, int rows, int width)
        where T : unmanaged
    {
        Require(file.Tensors.TryGetValue(name, out SafetensorsTensor? tensor), $"has no tensor '{name}'");
        bool fits = tensor!.Type == type && tensor.Elements == (long)rows * width && tensor.Shape[0] == rows;
        Require(fits, $"has a tensor '{name}' of {tensor.Type.Name()} {tensor.ShapeText} where {type.Name()} [{rows}, {width}] is wanted");
        T[] values = new T[checked(rows * width)];
        file.Read(tensor, 0, MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private T Json<T>(string key, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(Metadata(key), type) ?? throw Fault($"has metadata '{key}' that is null");
        }
        catch (JsonException exception)
        {
            throw Fault($"has metadata '{key}' that can't be read ({exception.Message})");
        }
    }

    private string Metadata(string key) => file.Metadata.TryGetValue(key, out string? value) ? value : throw Fault($"has no metadata '{key}'");

    private void Require(bool holds, string fault)
    {
        if (!holds)
        {
            throw Fault(fault);
        }
    }

    private PredictorException Fault(string fault) =>
        new($"{file.Path} {fault}; train again with `daprmoe train-predictor`, which replaces the file.");

    private readonly record struct TableLayerOf(TableIndex Index, int Layer)
    {
        public TokenTableLayer Read(PredictorReader reader, int tokens, int experts) => new(
            reader.Values<ushort>(TensorNames.Table(Layer), SafetensorsType.BF16, tokens + 1, experts), Index.Form, Index.BeatsConstants);
    }
}
