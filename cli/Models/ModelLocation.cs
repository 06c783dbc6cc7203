using System.CommandLine;
using DaprMoE.Models;

namespace DaprMoE.Cli;

/// <summary>Where the model is that <c>--model</c> names.</summary>
internal static class ModelLocation
{
    public const string BundledModel = "models/tiny-moe";

    public static Option<string?> CreateOption() => new("--model", "-m")
    {
        Description = "A folder with config.json, weights and tokenizer, or the name of a model in the Hugging Face cache. "
            + "The default is the bundled tiny-moe.",
        HelpName = "DIR",
    };

    /// <summary>The folder of a model, or its entry in the cache.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public static string Find(string? model, CommandEnvironment environment)
    {
        if (model is null)
        {
            return Path.Combine(environment.Root, BundledModel);
        }

        string folder = Resolve(model, environment);
        if (Directory.Exists(folder))
        {
            return folder;
        }

        if (File.Exists(folder))
        {
            throw CommandException.BadInput(
                $"{folder} is a file; a folder is wanted: the one that holds a model's config.json, weights and tokenizer.");
        }

        return HuggingFaceCache.Find(model, environment)
            ?? throw CommandException.BadInput($"There is no folder {folder}, and no model {model} in the Hugging Face cache.");
    }

    /// <summary>The absolute path of a folder that was named.</summary>
    /// <exception cref="CommandException">The name is empty.</exception>
    public static string Resolve(string name, CommandEnvironment environment) => string.IsNullOrWhiteSpace(name)
        ? throw CommandException.Usage("The model's folder is empty text; name one, or leave it out for the bundled tiny-moe.")
        : environment.Resolve(name);

    /// <summary>The folder that holds a checkpoint's files.</summary>
    /// <exception cref="CommandException">There is no such folder.</exception>
    /// <exception cref="CheckpointException">It holds no checkpoint.</exception>
    public static string FindCheckpoint(string? model, CommandEnvironment environment) => CheckpointFolder.Resolve(Find(model, environment));
}
