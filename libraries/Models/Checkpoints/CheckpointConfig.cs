using System.Text.Json;

namespace DaprMoE.Models;

/// <summary>Reads <c>config.json</c> and what <c>generation_config.json</c> overrides.</summary>
internal static class CheckpointConfig
{
    /// <summary>The family and what it makes of the configuration.</summary>
    /// <exception cref="CheckpointException">The family is unknown, or values are missing or not allowed (all are named).</exception>
    public static (IModelFamily Family, ModelDescription Description) Read(string folder)
    {
        string path = Path.Combine(folder, CheckpointFolder.ConfigFile);
        using JsonDocument document = JsonFile.Read(path, JsonFile.ConfigBytes);
        ConfigReader config = new(path, document.RootElement);
        string? name = config.Text("model_type", null);
        IModelFamily family = ModelFamilies.Find(name ?? "") ?? throw new CheckpointException(
            path, $"model_type is {(name is null ? "missing" : $"'{name}'")}; known are {string.Join(", ", ModelFamilies.Names)}");
        ModelDescription description = family.Describe(config);
        config.ThrowIfFaulty();
        return (family, WithEndTokens(folder, description));
    }

    private static ModelDescription WithEndTokens(string folder, ModelDescription description)
    {
        string path = Path.Combine(folder, CheckpointFolder.GenerationConfigFile);
        ConfigReader reader;
        if (File.Exists(path))
        {
            using JsonDocument document = JsonFile.Read(path, JsonFile.ConfigBytes);
            reader = new ConfigReader(path, document.RootElement);
            if (reader.Has("eos_token_id"))
            {
                description = description with { EndTokens = reader.Ints("eos_token_id", orOne: true) };
            }
        }
        else
        {
            path = Path.Combine(folder, CheckpointFolder.ConfigFile);
            reader = new ConfigReader(path, default);
        }

        foreach (int token in description.EndTokens.Where(token => token >= description.VocabularySize))
        {
            reader.Faults.Add($"eos_token_id holds {token}; allowed are tokens below vocab_size, {description.VocabularySize}");
        }

        reader.ThrowIfFaulty();
        return description;
    }
}
