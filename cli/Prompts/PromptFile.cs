using System.Text.Json;

namespace DaprMoE.Cli;

/// <summary>
/// Reads prompts from <c>.jsonl</c>: an object per line, with <c>messages</c> (a chat) or <c>text</c>, and if it wants with <c>topic</c>.
/// </summary>
internal static class PromptFile
{
    /// <summary>
    /// Ends the name of a file with a stream whose topics drift. It is there to be forecast, so it is not among the prompts to learn from
    /// unless it is named.
    /// </summary>
    private const string DriftingStream = "-shift.jsonl";

    /// <summary>The prompts of files and folders; of a folder all its <c>.jsonl</c> files in the order of their names.</summary>
    /// <exception cref="CommandException">A path is missing or a line is no prompt.</exception>
    public static IReadOnlyList<Prompt> Read(IEnumerable<string> paths)
    {
        List<Prompt> prompts = [.. paths.SelectMany(FilesOf).SelectMany(ReadFile)];
        return prompts.Count > 0 ? prompts : throw CommandException.BadInput($"There is no prompt in {string.Join(", ", paths)}.");
    }

    private static IEnumerable<string> FilesOf(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*.jsonl")
                .Where(file => !file.EndsWith(DriftingStream, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
            : throw CommandException.BadInput($"There is no file or folder {path}; --prompts takes .jsonl files and folders of them.");
    }

    private static IEnumerable<Prompt> ReadFile(string path)
    {
        int line = 0;
        foreach (string text in File.ReadLines(path))
        {
            line++;
            if (!string.IsNullOrWhiteSpace(text))
            {
                yield return Parse(text) ?? throw CommandException.BadInput(
                    $"{path}:{line} is no prompt; an object with \"messages\" or \"text\" is wanted, as in {{\"text\": \"Once upon\"}}.");
            }
        }
    }

    private static Prompt? Parse(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            string topic = root.TryGetProperty("topic", out JsonElement named) ? named.GetString() ?? "" : "";
            if (root.TryGetProperty("messages", out JsonElement messages) && messages.ValueKind == JsonValueKind.Array)
            {
                return new Prompt(topic, messages.Clone(), Text: null);
            }

            return root.TryGetProperty("text", out JsonElement text) && text.GetString() is { Length: > 0 } words
                ? new Prompt(topic, Messages: null, words)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>A prompt from a file.</summary>
/// <param name="Topic">What it is about; empty where the file does not say.</param>
/// <param name="Messages">A chat's messages.</param>
/// <param name="Text">A text to continue, where it is no chat.</param>
internal sealed record Prompt(string Topic, JsonElement? Messages, string? Text);
