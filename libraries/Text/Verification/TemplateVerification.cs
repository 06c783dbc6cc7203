using System.Globalization;
using System.Text.Json;

namespace DaprMoE.Text.Verification;

/// <summary>Compares a chat template with what the reference rendered.</summary>
public static class TemplateVerification
{
    private const string TemplateFile = "template.jinja";
    private const string CasesFile = "cases.json";
    private const string ConversationsFile = "conversations.json";
    private const int MostMismatches = 10;

    /// <summary>
    /// Renders every case of a folder with <c>template.jinja</c> and <c>cases.json</c>. The file <c>conversations.json</c> stands in the
    /// same folder, in the one above, or in <paramref name="with"/>.
    /// </summary>
    /// <param name="folder">Folder of the template.</param>
    /// <param name="with">Folder of the conversations; absent, it is looked for.</param>
    /// <returns>One group with the name of the folder.</returns>
    /// <exception cref="FileNotFoundException">One of the files is missing; the message names it.</exception>
    /// <exception cref="JsonException">One of the files is no JSON of the expected form.</exception>
    /// <exception cref="TemplateException">The template can't be parsed.</exception>
    public static VerificationReport Run(string folder, string? with = null)
    {
        try
        {
            return new VerificationReport("template", [Verify(folder, with)]);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException)
        {
            throw new JsonException($"{CasesFile} or {ConversationsFile} of {folder} lacks something: {error.Message}", error);
        }
    }

    /// <summary>True when a folder has the files of a template to verify.</summary>
    /// <param name="folder">Folder to look into.</param>
    public static bool Applies(string folder) =>
        File.Exists(Path.Combine(folder, TemplateFile)) && File.Exists(Path.Combine(folder, CasesFile));

    internal static TimeProvider ClockOf(JsonElement file)
    {
        string now = file.GetProperty("now").GetString()!;
        return new FixedClock(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
    }

    private static VerificationGroup Verify(string folder, string? with)
    {
        using JsonDocument cases = Read(Path.Combine(folder, CasesFile));
        using JsonDocument conversations = Read(FindConversations(folder, with));
        string source = File.ReadAllText(Existing(Path.Combine(folder, TemplateFile)));
        ChatTemplate template = ChatTemplate.Parse(source, TemplateFile, ClockOf(cases.RootElement));
        Dictionary<string, JsonElement> byName = conversations.RootElement.GetProperty("conversations").EnumerateArray()
            .ToDictionary(conversation => conversation.GetProperty("name").GetString()!, StringComparer.Ordinal);
        Dictionary<string, string> tokens = cases.RootElement.GetProperty("special_tokens").EnumerateObject()
            .ToDictionary(token => token.Name, token => token.Value.GetString()!, StringComparer.Ordinal);

        int passed = 0;
        List<string> mismatches = [];
        foreach (JsonElement one in cases.RootElement.GetProperty("cases").EnumerateArray())
        {
            string name = one.GetProperty("conversation").GetString()!;
            ChatTemplateInput input = InputOf(byName[name], tokens);
            string? mismatch = ExpectedOutcome.Compare(one, () => template.Render(input));
            passed += mismatch is null ? 1 : 0;
            mismatches.AddRange(mismatch is null ? [] : [$"{name}: {mismatch}"]);
        }

        string group = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        return new VerificationGroup(group, passed, mismatches.Count, [.. mismatches.Take(MostMismatches)]);
    }

    private static ChatTemplateInput InputOf(JsonElement conversation, Dictionary<string, string> tokens) => new()
    {
        Messages = conversation.GetProperty("messages"),
        Tools = Optional(conversation, "tools"),
        Documents = Optional(conversation, "documents"),
        AddGenerationPrompt = Optional(conversation, "add_generation_prompt") is not { } prompt || prompt.GetBoolean(),
        ContinueFinalMessage = Optional(conversation, "continue_final_message") is { } goesOn && goesOn.GetBoolean(),
        Variables = Optional(conversation, "variables")?.EnumerateObject().ToDictionary(one => one.Name, one => one.Value),
        SpecialTokens = tokens,
    };

    private static JsonElement? Optional(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string FindConversations(string folder, string? with)
    {
        string[] folders = with is null ? [folder, Path.Combine(folder, "..")] : [with];
        string[] candidates = [.. folders.Select(place => Path.Combine(place, ConversationsFile))];
        return Array.Find(candidates, File.Exists) ?? candidates[0];
    }

    private static JsonDocument Read(string file) => JsonDocument.Parse(File.ReadAllBytes(Existing(file)));

    private static string Existing(string file) =>
        File.Exists(file) ? file : throw new FileNotFoundException($"The file {Path.GetFullPath(file)} is missing.", file);
}
