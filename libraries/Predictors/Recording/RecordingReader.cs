using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DaprMoE.Models;

namespace DaprMoE.Predictors;

/// <summary>Reads the file of a recording and holds its parts to each other.</summary>
internal sealed class RecordingReader(SafetensorsFile file, string format, string version)
{
    private const int MostExperts = ushort.MaxValue;

    public Recording Read()
    {
        if (Metadata("format") != format || Metadata("version") != version)
        {
            throw Fault($"is not of format {format}, version {version}; record again with this version");
        }

        MoeShape shape = ReadShape();
        int tokens = (int)Tensor("tokens", SafetensorsType.I32, width: 1).Shape[0];
        List<RecordedPrompt> prompts = ReadPrompts(tokens);
        RecordedRows rows = new(shape, tokens);
        ReadInto("tokens", SafetensorsType.I32, 1, rows.TokenIds);
        for (int index = 0; index < shape.Layers.Count; index++)
        {
            MoeLayerShape layer = shape.Layers[index];
            ReadInto($"layers.{layer.Layer}.gate_input", SafetensorsType.BF16, shape.HiddenSize, rows.GateInputs[index]);
            ReadInto($"layers.{layer.Layer}.experts", SafetensorsType.U16, layer.TopK, rows.Choices[index]);
            Require(rows.Choices[index].All(expert => expert < layer.Experts), $"names an expert of layer {layer.Layer} beyond {layer.Experts - 1}");
        }

        Require(rows.TokenIds.All(token => (uint)token < (uint)shape.VocabularySize), "holds a token beyond the vocabulary");
        return Recording.Of(shape, prompts, rows);
    }

    private MoeShape ReadShape()
    {
        int[][] layers = Json("layers", RecordingJson.Default.Int32ArrayArray);
        Require(
            layers.Length > 0 && layers.All(layer => layer is [>= 0, >= 1 and <= MostExperts, >= 1 and <= MoeFeedForward.MaxTopK]),
            "has 'layers' that are not [layer, experts, top_k] each");
        return new MoeShape
        {
            Fingerprint = Metadata("fingerprint"),
            HiddenSize = Number("hidden_size"),
            VocabularySize = Number("vocab_size"),
            Layers = [.. layers.Select(layer => new MoeLayerShape(layer[0], layer[1], layer[2]))],
        };
    }

    private List<RecordedPrompt> ReadPrompts(int tokens)
    {
        int[] facts = new int[Tensor("prompts", SafetensorsType.I32, width: 3).Elements];
        ReadInto("prompts", SafetensorsType.I32, 3, facts);
        string[] topics = Json("topics", RecordingJson.Default.StringArray);
        Require(topics.Length * 3 == facts.Length, $"has {topics.Length} topics for {facts.Length / 3} prompts");
        List<RecordedPrompt> prompts = [];
        int first = 0;
        for (int i = 0; i < topics.Length; i++)
        {
            (int sequence, int count, int prompt) = (facts[3 * i], facts[(3 * i) + 1], facts[(3 * i) + 2]);
            Require(count > 0 && count <= tokens - first && prompt >= 0 && prompt <= count, $"has a prompt {i} that does not fit its rows");
            prompts.Add(new RecordedPrompt(sequence, topics[i] ?? "", first, count, prompt));
            first += count;
        }

        Require(first == tokens, $"has {tokens} rows, its prompts have {first}");
        return prompts;
    }

    private void ReadInto<T>(string name, SafetensorsType type, int width, T[] values)
        where T : unmanaged
    {
        SafetensorsTensor tensor = Tensor(name, type, width);
        Span<byte> bytes = MemoryMarshal.AsBytes(values.AsSpan());
        Require(tensor.ByteLength == bytes.Length, $"has a tensor '{name}' of {tensor.ByteLength} bytes where {bytes.Length} are wanted");
        file.Read(tensor, 0, bytes);
    }

    private SafetensorsTensor Tensor(string name, SafetensorsType type, int width)
    {
        Require(file.Tensors.TryGetValue(name, out SafetensorsTensor? tensor), $"has no tensor '{name}'");
        bool fits = tensor!.Type == type && tensor.Shape.Skip(1).Aggregate(1L, (product, dimension) => product * dimension) == width
            && tensor.Shape is [>= 0 and <= int.MaxValue, ..];
        Require(fits, $"has a tensor '{name}' of {tensor.Type.Name()} {tensor.ShapeText} where {type.Name()} [n, {width}] is wanted");
        return tensor;
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

    private int Number(string key) =>
        int.TryParse(Metadata(key), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw Fault($"has metadata '{key}' that is no number above 0");

    private string Metadata(string key) => file.Metadata.TryGetValue(key, out string? value) ? value : throw Fault($"has no metadata '{key}'");

    private void Require(bool holds, string fault)
    {
        if (!holds)
        {
            throw Fault(fault);
        }
    }

    private PredictorException Fault(string fault) => new($"{file.Path} {fault}; a recording of `daprmoe record` is wanted.");
}
