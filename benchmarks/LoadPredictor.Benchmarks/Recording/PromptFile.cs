using System.Text.Json;
using DaprMoE.Text;

namespace DaprMoE.LoadPredictor.Benchmarks;

/// <summary>The prompts of one file of a model's <c>prompts/</c>, as token ids.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Prompts">Topic and token ids of each.</param>
internal sealed record PromptFile(string Name, IReadOnlyList<(string Topic, int[] Tokens)> Prompts)
{
    public static PromptFile Read(string path, Tokenizer tokenizer, ChatTemplate template) =>
        new(Path.GetFileNameWithoutExtension(path), [.. File.ReadLines(path).Select(line => Encode(line, tokenizer, template))]);

    private static (string Topic, int[] Tokens) Encode(string line, Tokenizer tokenizer, ChatTemplate template)
    {
        using JsonDocument prompt = JsonDocument.Parse(line);
        string text = template.Render(new ChatTemplateInput
        {
            Messages = prompt.RootElement.GetProperty("messages"),
            AddGenerationPrompt = true,
            SpecialTokens = tokenizer.SpecialTokens,
        });
        int[] tokens = tokenizer.Encode(text, new EncodeOptions { AddSpecialTokens = false });
        return (prompt.RootElement.GetProperty("topic").GetString()!, tokens);
    }
}
