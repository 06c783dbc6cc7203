using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary>The body of <c>/v1/completions</c>.</summary>
internal sealed class CompletionRequest : GenerationParameters
{
    public IReadOnlyList<PromptInput> Prompts { get; set; } = [];
}

/// <summary>The parameters of <c>/v1/completions</c>.</summary>
internal static class CompletionParameters
{
    public static readonly ParameterTable<CompletionRequest> Table = new(
    [
        new Implemented<CompletionRequest, IReadOnlyList<PromptInput>>(
            "prompt", "What to continue.", PromptInputs.Rule, (r, v) => r.Prompts = v),
        .. SharedParameters.Of<CompletionRequest>(),
        new Pending<CompletionRequest>("echo", "Whether to give the prompt again.", "false", json => json.ValueKind == JsonValueKind.False),
        new Pending<CompletionRequest>("suffix", "What comes after the answer.", "an empty text", json =>
            json.ValueKind == JsonValueKind.String && json.ValueEquals("")),
        new Pending<CompletionRequest>("best_of", "Answers to choose from.", "1", SharedParameters.IsNumber(1)),
        new Pending<CompletionRequest>("logprobs", "Tokens to give log probabilities of.", "null", _ => false),
    ]);

    /// <summary>Reads a body.</summary>
    /// <exception cref="ApiException">Something in it is not allowed, or the prompt is missing.</exception>
    public static CompletionRequest Read(JsonElement body)
    {
        CompletionRequest request = new();
        Table.Read(body, request);
        request.CheckRelations();
        return request.Prompts.Count > 0 ? request : throw ApiErrors.Missing("prompt", PromptInputs.Rule.Allowed);
    }
}
