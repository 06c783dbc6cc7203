using System.Text.Json;
using DaprMoE.Text.Jinja;

namespace DaprMoE.Text;

/// <summary>Finds the templates of a model folder.</summary>
internal static class ChatTemplateFiles
{
    private const string TemplateFile = "chat_template.jinja";
    private const string ConfigFile = "tokenizer_config.json";
    private const string FurtherFolder = "additional_chat_templates";
    private const string DefaultName = "default";
    private const long LargestFile = 16L * 1024 * 1024;

    public static ChatTemplate? Load(string folder, TimeProvider clock, TemplateLimits limits)
    {
        Dictionary<string, string> sources = FromFiles(folder);
        sources = sources.Count > 0 ? sources : FromConfig(Path.Combine(folder, ConfigFile));
        if (sources.Count == 0)
        {
            return null;
        }

        Dictionary<string, JinjaTemplate> templates = sources.ToDictionary(
            source => source.Key,
            source => JinjaTemplate.Parse(source.Value, source.Key == DefaultName ? folder : $"{folder}: {source.Key}", clock, limits),
            StringComparer.Ordinal);
        return new ChatTemplate(templates, folder);
    }

    private static Dictionary<string, string> FromFiles(string folder)
    {
        Dictionary<string, string> sources = new(StringComparer.Ordinal);
        string main = Path.Combine(folder, TemplateFile);
        if (File.Exists(main))
        {
            sources[DefaultName] = Read(main);
        }

        string further = Path.Combine(folder, FurtherFolder);
        string[] files = Directory.Exists(further) ? Directory.GetFiles(further, "*.jinja") : [];
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            sources[Path.GetFileNameWithoutExtension(file)] = Read(file);
        }

        return sources;
    }

    private static Dictionary<string, string> FromConfig(string file)
    {
        Dictionary<string, string> sources = new(StringComparer.Ordinal);
        if (!File.Exists(file))
        {
            return sources;
        }

        using JsonDocument config = ReadJson(file);
        JsonElement template = default;
        bool isObject = config.RootElement.ValueKind == JsonValueKind.Object;
        bool found = isObject && config.RootElement.TryGetProperty("chat_template", out template);
        switch (found ? template.ValueKind : JsonValueKind.Null)
        {
            case JsonValueKind.Null:
                break;
            case JsonValueKind.String:
                sources[DefaultName] = template.GetString()!;
                break;
            case JsonValueKind.Array:
                foreach (JsonElement entry in template.EnumerateArray())
                {
                    sources[Text(entry, "name", file)] = Text(entry, "template", file);
                }

                break;
            default:
                throw Bad(file, $"chat_template is {template.ValueKind}; expected a text or a list of named templates");
        }

        return sources;
    }

    private static string Text(JsonElement entry, string key, string file) =>
        entry.ValueKind == JsonValueKind.Object
        && entry.TryGetProperty(key, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw Bad(file, $"an entry of chat_template lacks the text '{key}'");

    private static JsonDocument ReadJson(string file)
    {
        try
        {
            return JsonDocument.Parse(Read(file));
        }
        catch (JsonException error)
        {
            throw Bad(file, $"the file is no JSON: {error.Message}");
        }
    }

    private static string Read(string file)
    {
        long length = new FileInfo(file).Length;
        return length <= LargestFile
            ? File.ReadAllText(file)
            : throw Bad(file, $"the file has {length} bytes; the limit is {LargestFile}");
    }

    private static TemplateException Bad(string file, string reason) => new(reason, file, 0, raisedByTemplate: false);
}
