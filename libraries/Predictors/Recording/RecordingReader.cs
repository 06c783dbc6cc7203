using DaprMoE.Models;

namespace DaprMoE.Predictors;

/// <summary>Reads the file of a recording and holds its parts to each other.</summary>
internal sealed class RecordingReader(SafetensorsFile source, string format, string version)
{
    private const int MostExperts = ushort.MaxValue;

    private readonly CheckedFile _file = new(source, "a recording of `daprmoe record` is wanted");

    public Recording Read()
    {
        _file.RequireFormat(format, version);
        MoeShape shape = ReadShape();
        int tokens = _file.Rows("tokens", int.MaxValue);
        RecordedRows rows = new()
        {
            TokenIds = _file.Values<int>("tokens", SafetensorsType.I32, tokens, 1),
            GateInputs = [.. shape.Layers.Select(
                layer => _file.Values<ushort>($"layers.{layer.Layer}.gate_input", SafetensorsType.BF16, tokens, shape.HiddenSize))],
            Choices = [.. shape.Layers.Select(layer => ReadChoices(layer, tokens))],
        };
        _file.Require(rows.TokenIds.All(token => (uint)token < (uint)shape.VocabularySize), "holds a token beyond the vocabulary");
        return Recording.Of(shape, ReadPrompts(tokens), rows);
    }

    private MoeShape ReadShape()
    {
        int[][] layers = _file.Json("layers", RecordingJson.Default.Int32ArrayArray);
        _file.Require(
            layers.Length > 0 && layers.All(layer => layer is [>= 0, >= 1 and <= MostExperts, >= 1 and <= MoeFeedForward.MaxTopK]),
            "has 'layers' that are not [layer, experts, top_k] each");
        return new MoeShape
        {
            Fingerprint = _file.Metadata("fingerprint"),
            HiddenSize = _file.Number("hidden_size"),
            VocabularySize = _file.Number("vocab_size"),
            Layers = [.. layers.Select(layer => new MoeLayerShape(layer[0], layer[1], layer[2]))],
        };
    }

    private ushort[] ReadChoices(MoeLayerShape layer, int tokens)
    {
        ushort[] choices = _file.Values<ushort>($"layers.{layer.Layer}.experts", SafetensorsType.U16, tokens, layer.TopK);
        _file.Require(choices.All(expert => expert < layer.Experts), $"names an expert of layer {layer.Layer} beyond {layer.Experts - 1}");
        return choices;
    }

    private List<RecordedPrompt> ReadPrompts(int tokens)
    {
        string[] topics = _file.Json("topics", RecordingJson.Default.StringArray);
        int[] facts = _file.Values<int>("prompts", SafetensorsType.I32, topics.Length, 3);
        List<RecordedPrompt> prompts = [];
        int first = 0;
        for (int i = 0; i < topics.Length; i++)
        {
            (int sequence, int count, int prompt) = (facts[3 * i], facts[(3 * i) + 1], facts[(3 * i) + 2]);
            bool fits = count > 0 && count <= tokens - first && prompt >= 0 && prompt <= count;
            _file.Require(fits, $"has a prompt {i} that does not fit its rows");
            prompts.Add(new RecordedPrompt(sequence, topics[i] ?? "", first, count, prompt));
            first += count;
        }

        _file.Require(first == tokens, $"has {tokens} rows, its prompts have {first}");
        return prompts;
    }
}
