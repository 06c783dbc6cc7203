using DaprMoE.Models;
using DaprMoE.Scheduling;

namespace DaprMoE.Cli;

/// <summary>The shape of a model: a built-in one by its name, else that of a checkpoint.</summary>
internal static class CheckpointShape
{
    public static ModelShape Find(string nameOrFolder, CommandEnvironment environment)
    {
        if (ModelShapes.Find(nameOrFolder) is { } known)
        {
            return known;
        }

        if (!Directory.Exists(environment.Resolve(nameOrFolder)))
        {
            throw CommandException.Usage(
                $"--model-shape is {nameOrFolder}; it may be {string.Join(", ", ModelShapes.Names)}, or a checkpoint's folder.");
        }

        string folder = ModelLocation.FindCheckpoint(nameOrFolder, environment);
        CheckpointSummary summary = CheckpointSummary.Of(folder);
        return summary.Experts == 0
            ? throw CommandException.BadInput($"{folder} is a dense model: it has no experts to place.")
            : Of(summary, Path.GetFileName(folder));
    }

    private static ModelShape Of(CheckpointSummary summary, string name)
    {
        int layers = summary.MoeLayers.Count;
        long expertParameters = ExpertParameters(summary);
        long outside = Math.Max(1, summary.TotalParameters - (layers * summary.Experts * expertParameters));
        long embeddings = 2L * summary.Description.VocabularySize * summary.Description.HiddenSize;
        long layerParameters = Math.Max(0, outside - embeddings) / layers;
        return new ModelShape
        {
            Name = name,
            Layers = layers,
            Experts = summary.Experts,
            TopK = summary.TopK,
            HiddenSize = summary.Description.HiddenSize,
            ExpertParameters = expertParameters,
            ExpertBytes = summary.BytesPerExpert,
            LayerParameters = layerParameters,
            LayerBytes = (long)((double)summary.ResidentBytes * layerParameters / outside),
            NonExpertBytes = summary.ResidentBytes,
        };
    }

    // A token leaves out all experts of a layer but top-k; where it leaves none out, half of the bytes is a guess for 16-bit weights.
    private static long ExpertParameters(CheckpointSummary summary)
    {
        int idle = summary.MoeLayers.Count * (summary.Experts - summary.TopK);
        return idle > 0 ? (summary.TotalParameters - summary.ActiveParameters) / idle : summary.BytesPerExpert / 2;
    }
}
