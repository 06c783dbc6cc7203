using System.Text.Json;
using System.Text.Json.Nodes;

namespace DaprMoE.Models;

/// <summary>Writes checkpoints with random weights, for tests and benchmarks.</summary>
public static class RandomCheckpoint
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes <c>config.json</c>, <c>generation_config.json</c> and the weights.</summary>
    /// <param name="folder">A folder that is new or holds no checkpoint yet.</param>
    /// <param name="options">The sizes.</param>
    /// <param name="progress">Hears how writing goes.</param>
    /// <param name="cancellationToken">Ends writing; the folder then holds no complete checkpoint.</param>
    /// <exception cref="ArgumentException">Sizes are not allowed; the message names all of them.</exception>
    /// <exception cref="CheckpointException">The folder holds a checkpoint, or can't be written.</exception>
    /// <exception cref="IOException">The disk has less room than the weights take; nothing was written.</exception>
    public static void Write(
        string folder,
        RandomCheckpointOptions options,
        IProgress<WriteProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Faults() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join("; ", faults), nameof(options));
        }

        IModelFamily family = ModelFamilies.Find(options.Family)!;
        JsonObject config = family.ConfigOf(options);
        ModelDescription description = Describe(folder, family, config);
        List<WrittenTensor> tensors = [.. ModelTensors.Of(description, family.Names).Select(spec => TensorOf(spec, options))];
        using NewFolder place = NewFolder.At(folder);
        try
        {
            place.RequireFree(tensors.Sum(tensor => tensor.ByteLength));
            Prepare(folder);
            WriteWeights(folder, tensors, options, WriteProgress.Reporter(progress), cancellationToken);
            WriteJson(folder, CheckpointFolder.GenerationConfigFile, new JsonObject { ["do_sample"] = false });

            // Last, so that a folder with this file is complete.
            WriteJson(folder, CheckpointFolder.ConfigFile, config);
            place.Keep();
        }
        catch (Exception fault) when (fault is (IOException and not DiskFullException) or UnauthorizedAccessException)
        {
            throw new CheckpointException(folder, $"can't be written: {fault.Message}", fault);
        }
    }

    private static void Prepare(string folder)
    {
        Directory.CreateDirectory(folder);
        string? present = Directory.EnumerateFiles(folder)
            .Select(path => Path.GetFileName(path))
            .FirstOrDefault(name => name == CheckpointFolder.ConfigFile || name.EndsWith(".safetensors", StringComparison.Ordinal));
        if (present is not null)
        {
            throw new CheckpointException(folder, $"holds {present} already; choose another folder or remove it");
        }
    }

    private static ModelDescription Describe(string folder, IModelFamily family, JsonObject config)
    {
        using JsonDocument document = JsonDocument.Parse(config.ToJsonString());
        ConfigReader reader = new(Path.Combine(folder, CheckpointFolder.ConfigFile), document.RootElement);
        ModelDescription description = family.Describe(reader);
        reader.ThrowIfFaulty();
        return description;
    }

    private static void WriteWeights(
        string folder,
        List<WrittenTensor> tensors,
        RandomCheckpointOptions options,
        ByteReporter<WriteProgress> reporter,
        CancellationToken cancellation)
    {
        reporter.Begin(tensors.Sum(tensor => tensor.ByteLength));
        try
        {
            ShardWriter.Write(folder, tensors, options.ShardBytes, reporter, cancellation);
        }
        catch
        {
            // The folder held no weights before, so all that are there now are parts of this attempt.
            foreach (string part in Directory.EnumerateFiles(folder, "*.safetensors"))
            {
                File.Delete(part);
            }

            throw;
        }
    }

    private static WrittenTensor TensorOf(TensorSpec spec, RandomCheckpointOptions options)
    {
        (double center, double deviation) = WeightGains.Of(spec, options.TieEmbeddings);
        WeightGenerator generator = new(options.Seed, spec.Name, center, deviation);
        return new WrittenTensor(
            spec.Name, options.DType, spec.Shape, (first, destination) => generator.Fill(first, options.DType, destination));
    }

    private static void WriteJson(string folder, string name, JsonObject content) =>
        File.WriteAllText(Path.Combine(folder, name), content.ToJsonString(Indented) + "\n");
}
