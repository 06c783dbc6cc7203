using System.Text.Json;

namespace DaprMoE.Text;

/// <summary>A conversation to render.</summary>
public sealed record ChatTemplateInput
{
    /// <summary>JSON array of messages as the client sent it.</summary>
    public required JsonElement Messages { get; init; }

    /// <summary>JSON array of tools; absent is the template's <c>none</c>.</summary>
    public JsonElement? Tools { get; init; }

    /// <summary>JSON array of documents; absent is the template's <c>none</c>.</summary>
    public JsonElement? Documents { get; init; }

    /// <summary>Ends the text with the header of the assistant's turn.</summary>
    public bool AddGenerationPrompt { get; init; } = true;

    /// <summary>
    /// Ends the text inside the last message, for the model to go on. Refused together with <see cref="AddGenerationPrompt"/>.
    /// </summary>
    public bool ContinueFinalMessage { get; init; }

    /// <summary>Further variables of the template; they win over special tokens of the same name.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Variables { get; init; }

    /// <summary>Special tokens by role: <c>bos_token</c>, <c>eos_token</c> and so on.</summary>
    public IReadOnlyDictionary<string, string>? SpecialTokens { get; init; }

    /// <summary>
    /// Template to use of a model with several; absent: <c>tool_use</c> if there are tools and it exists, else <c>default</c>.
    /// </summary>
    public string? TemplateName { get; init; }
}
