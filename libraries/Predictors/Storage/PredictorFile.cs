using System.Runtime.InteropServices;
using System.Text.Json;
using DaprMoE.Models;

namespace DaprMoE.Predictors;

/// <summary>
/// Trained predictors as a safetensors file beside the model. Metadata: <c>format</c>, <c>version</c>, <c>fingerprint</c>, <c>index</c> (JSON: what
/// each tensor is and how it serves) and <c>report</c> (JSON). Tensors: for each pair of layers and network
/// <c>SOURCE-TARGET.gate.0.weight</c> [E, H] BF16 and <c>.bias</c> [E] F32, <c>SOURCE-TARGET.mlp.0</c> and <c>.mlp.1</c> likewise,
/// <c>table.tokens</c> [n] I32 and <c>table.LAYER</c> [n + 1, E] BF16.
/// </summary>
public static class PredictorFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "daprmoe.predictors.safetensors";

    internal const string Format = "daprmoe.predictors";
    internal const string Version = "1";

    /// <summary>Writes the predictors; a file that is there is replaced when the new one is whole.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder can't be written.</exception>
    public static void Write(string path, PredictorSet predictors)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        SafetensorsBuilder file = new();
        file.AddMetadata("format", Format);
        file.AddMetadata("version", Version);
        file.AddMetadata("fingerprint", predictors.Shape.Fingerprint);
        file.AddMetadata("index", JsonSerializer.Serialize(PredictorIndex.Of(predictors), PredictorJson.Default.PredictorIndex));
        file.AddMetadata("report", JsonSerializer.Serialize(predictors.Report, PredictorJson.Default.PredictorReport));
        foreach (PairPredictors pair in predictors.Pairs)
        {
            AddNetwork(file, TensorNames.Gate(pair.Pair), pair.Gate);
            AddNetwork(file, TensorNames.Mlp(pair.Pair), pair.Mlp);
        }

        AddTable(file, predictors);
        file.Write(path);
    }

    /// <summary>Writes the predictors beside the model, or in the user's cache where the model's folder can't be written.</summary>
    /// <returns>Where they are.</returns>
    /// <exception cref="PredictorException">Neither can be written; names both.</exception>
    public static string WriteBeside(PackedModel model, PredictorSet predictors)
    {
        ArgumentNullException.ThrowIfNull(model);
        IReadOnlyList<string> paths = model.CompanionPaths(Name);
        Exception? fault = null;
        foreach (string path in paths)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                Write(path, predictors);
                return path;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                fault = exception;
            }
        }

        throw new PredictorException(
            $"The predictors can't be written (tried {string.Join(", ", paths)}: {fault?.Message}); make one of the folders writable, or name a "
            + "file with --out.", fault);
    }

    /// <summary>The predictors that were trained for a model; null when there are none.</summary>
    /// <exception cref="PredictorException">They are of another model, or damaged.</exception>
    /// <exception cref="CheckpointException">The file is truncated or no safetensors file.</exception>
    public static PredictorSet? Find(PackedModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.CompanionPaths(Name).FirstOrDefault(File.Exists) is { } path ? Read(path, model) : null;
    }

    /// <summary>Reads the predictors of a model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model that they are to be for.</param>
    /// <exception cref="PredictorException">They are of another model (the message names both), or the file's parts do not fit.</exception>
    /// <exception cref="CheckpointException">The file is missing, truncated or no safetensors file.</exception>
    public static PredictorSet Read(string path, PackedModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using SafetensorsFile file = SafetensorsFile.Open(path);
        return new PredictorReader(file, MoeShape.Of(model)).Read();
    }

    private static void AddNetwork(SafetensorsBuilder file, string name, ServedNetwork? network)
    {
        for (int i = 0; i < (network?.Weights.Layers.Count ?? 0); i++)
        {
            DenseWeights layer = network!.Weights.Layers[i];
            file.Add(TensorNames.Weight(name, i), SafetensorsType.BF16, [layer.Outputs, layer.Inputs], Bytes(layer.Weights));
            file.Add(TensorNames.Bias(name, i), SafetensorsType.F32, [layer.Outputs], Bytes(layer.Bias));
        }
    }

    private static void AddTable(SafetensorsBuilder file, PredictorSet predictors)
    {
        TokenTable table = predictors.Table;
        file.Add(TensorNames.TableTokens, SafetensorsType.I32, [table.Tokens.Length], Bytes(table.Tokens));
        for (int index = 0; index < table.Layers.Count; index++)
        {
            MoeLayerShape layer = predictors.Shape.Layers[index];
            file.Add(TensorNames.Table(index), SafetensorsType.BF16, [table.Tokens.Length + 1, layer.Experts], Bytes(table.Layers[index].Shares));
        }
    }

    private static Action<Stream> Bytes<T>(T[] values)
        where T : unmanaged => stream => stream.Write(MemoryMarshal.AsBytes(values.AsSpan()));
}
