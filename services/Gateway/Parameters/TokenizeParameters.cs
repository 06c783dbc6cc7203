using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary>The body of <c>/tokenize</c>.</summary>
internal sealed class TokenizeRequest
{
    public string? Model { get; set; }

    public string? Prompt { get; set; }

    public IReadOnlyList<ChatMessage> Messages { get; set; } = [];

    public bool AddSpecialTokens { get; set; } = true;
}

/// <summary>The parameters of <c>/tokenize</c>.</summary>
internal static class TokenizeParameters
{
    public static readonly ParameterTable<TokenizeRequest> Table = new(
    [
        new Implemented<TokenizeRequest, string>("model", "Id of the model.", ValueRules.Text, (r, v) => r.Model = v),
        new Implemented<TokenizeRequest, string>("prompt", "The text.", ValueRules.Text, (r, v) => r.Prompt = v),
        new Composite<TokenizeRequest>(
            "messages", "A conversation, instead of a text.", ChatMessages.Form,
            (path, json, r) => r.Messages = ChatMessages.Read(path, json)),
        new Implemented<TokenizeRequest, bool>(
            "add_special_tokens", "Whether a text gets the tokens that the tokenizer puts around one.", ValueRules.Flag,
            (r, v) => r.AddSpecialTokens = v),
    ]);

    /// <summary>Reads a body.</summary>
    /// <exception cref="ApiException">Something in it is not allowed, or there is nothing to tokenize.</exception>
    public static TokenizeRequest Read(JsonElement body)
    {
        TokenizeRequest request = new();
        Table.Read(body, request);
        return (request.Prompt, request.Messages.Count) switch
        {
            (null, 0) => throw ApiErrors.Missing("prompt", "a text, or messages instead"),
            (not null, > 0) => throw ApiErrors.Conflict("messages", "'prompt' and 'messages' are both given; give one of them."),
            _ => request,
        };
    }
}
