using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary>Reads <c>generation_config.json</c>.</summary>
public static class GenerationDefaultsFile
{
    private const string Name = "generation_config.json";

    // Real files have some hundred bytes.
    private const long MaxBytes = 1 << 20;

    /// <summary>Reads the file of a checkpoint's folder; without a file everything is at its default.</summary>
    /// <param name="folder">The checkpoint.</param>
    /// <param name="endTokens">End tokens where the file names none, from <c>config.json</c>.</param>
    /// <exception cref="InvalidDataException">The file is no JSON object or a value can't be used; names file, key and value.</exception>
    public static GenerationDefaults Load(string folder, IReadOnlyList<int> endTokens)
    {
        string path = Path.Combine(folder, Name);
        FileInfo file = new(path);
        if (!file.Exists)
        {
            return new GenerationDefaults { EndTokens = endTokens };
        }

        if (file.Length > MaxBytes)
        {
            throw new InvalidDataException($"{path} has {file.Length} bytes; allowed: up to {MaxBytes}.");
        }

        return Parse(path, File.ReadAllBytes(path), endTokens);
    }

    private static GenerationDefaults Parse(string path, byte[] content, IReadOnlyList<int> endTokens)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(content);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(path, document.RootElement, endTokens)
                : throw new InvalidDataException($"{path} holds no JSON object.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is not valid JSON: {exception.Message}", exception);
        }
    }

    private static GenerationDefaults Read(string path, JsonElement root, IReadOnlyList<int> endTokens)
    {
        GenerationDefaults defaults = new();
        return defaults with
        {
            Temperature = Get(path, root, "temperature", ValueRules.Temperature) ?? defaults.Temperature,
            TopP = Get(path, root, "top_p", ValueRules.TopP) ?? defaults.TopP,
            TopK = Get(path, root, "top_k", ValueRules.TopK) ?? defaults.TopK,
            MinP = Get(path, root, "min_p", ValueRules.MinP) ?? defaults.MinP,
            MaxNewTokens = Get(path, root, "max_new_tokens", ValueRules.MaxTokens),
            EndTokens = GetIds(path, root, "eos_token_id") ?? endTokens,
        };
    }

    private static T? Get<T>(string path, JsonElement root, string key, ValueRule<T> rule)
        where T : struct =>
        TryGet(path, root, key, rule, out T value) ? value : null;

    private static IReadOnlyList<int>? GetIds(string path, JsonElement root, string key) =>
        TryGet(path, root, key, ValueRules.TokenIdOrIds, out IReadOnlyList<int> ids) ? ids : null;

    private static bool TryGet<T>(string path, JsonElement root, string key, ValueRule<T> rule, out T value)
    {
        if (!root.TryGetProperty(key, out JsonElement element) || element.ValueKind == JsonValueKind.Null)
        {
            value = default!;
            return false;
        }

        return rule.TryRead(element, out value)
            ? true
            : throw new InvalidDataException($"{path}: {key} is {JsonExcerpt.Of(element)}; allowed: {rule.Allowed}.");
    }
}
