using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using DaprMoE.Models;

namespace DaprMoE.Predictors;

/// <summary>
/// A recording as a safetensors file. Metadata: <c>format</c>, <c>version</c>, <c>fingerprint</c>, <c>hidden_size</c>, <c>vocab_size</c>,
/// <c>layers</c> (JSON: <c>[[layer, experts, top_k], …]</c>) and <c>topics</c> (JSON, one per prompt). Tensors: <c>tokens</c> [T] I32,
/// <c>prompts</c> [P, 3] I32 (sequence, tokens, prompt tokens), and for each MoE layer <c>layers.N.gate_input</c> [T, H] BF16 and
/// <c>layers.N.experts</c> [T, k] U16. Rows lie prompt after prompt.
/// </summary>
public static class RecordingFile
{
    private const string Format = "daprmoe.recording";
    private const string Version = "1";

    /// <summary>Writes a recording; a file that is there is replaced when the new one is whole.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void Write(string path, Recording recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        MoeShape shape = recording.Shape;
        SafetensorsBuilder file = new();
        file.AddMetadata("format", Format);
        file.AddMetadata("version", Version);
        file.AddMetadata("fingerprint", shape.Fingerprint);
        file.AddMetadata("hidden_size", shape.HiddenSize.ToString(CultureInfo.InvariantCulture));
        file.AddMetadata("vocab_size", shape.VocabularySize.ToString(CultureInfo.InvariantCulture));
        int[][] layers = [.. shape.Layers.Select(layer => new[] { layer.Layer, layer.Experts, layer.TopK })];
        file.AddMetadata("layers", JsonSerializer.Serialize(layers, RecordingJson.Default.Int32ArrayArray));
        string[] topics = [.. recording.Prompts.Select(prompt => prompt.Topic)];
        file.AddMetadata("topics", JsonSerializer.Serialize(topics, RecordingJson.Default.StringArray));
        AddTensors(file, recording);
        file.Write(path);
    }

    /// <summary>Reads a recording.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="PredictorException">The file is no recording, or its parts do not fit each other.</exception>
    /// <exception cref="CheckpointException">The file is missing, truncated or no safetensors file.</exception>
    public static Recording Read(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        return new RecordingReader(file, Format, Version).Read();
    }

    private static void AddTensors(SafetensorsBuilder file, Recording recording)
    {
        RecordedRows data = recording.Data;
        IReadOnlyList<RecordedPrompt> prompts = recording.Prompts;
        int tokens = recording.Tokens;
        file.Add("tokens", SafetensorsType.I32, [tokens], Rows<int>(prompts, data.TokenIds, 1));
        int[] facts = [.. prompts.SelectMany(prompt => new[] { prompt.Sequence, prompt.Tokens, prompt.PromptTokens })];
        file.Add("prompts", SafetensorsType.I32, [prompts.Count, 3], stream => stream.Write(MemoryMarshal.AsBytes(facts.AsSpan())));
        for (int index = 0; index < recording.Shape.Layers.Count; index++)
        {
            MoeLayerShape layer = recording.Shape.Layers[index];
            int hidden = recording.Shape.HiddenSize;
            file.Add(
                $"layers.{layer.Layer}.gate_input", SafetensorsType.BF16, [tokens, hidden], Rows<ushort>(prompts, data.GateInputs[index], hidden));
            file.Add(
                $"layers.{layer.Layer}.experts", SafetensorsType.U16, [tokens, layer.TopK], Rows<ushort>(prompts, data.Choices[index], layer.TopK));
        }
    }

    /// <summary>Writes the rows of the prompts, without rows between them that belong to none.</summary>
    private static Action<Stream> Rows<T>(IReadOnlyList<RecordedPrompt> prompts, T[] values, int width)
        where T : unmanaged => stream =>
        {
            foreach (RecordedPrompt prompt in prompts)
            {
                stream.Write(MemoryMarshal.AsBytes(values.AsSpan(prompt.FirstRow * width, prompt.Tokens * width)));
            }
        };
}
