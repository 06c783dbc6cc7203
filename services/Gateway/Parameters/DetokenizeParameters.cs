using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary>The body of <c>/detokenize</c>.</summary>
internal sealed class DetokenizeRequest
{
    public string? Model { get; set; }

    public IReadOnlyList<int>? Tokens { get; set; }
}

/// <summary>The parameters of <c>/detokenize</c>.</summary>
internal static class DetokenizeParameters
{
    public static readonly ParameterTable<DetokenizeRequest> Table = new(
    [
        new Implemented<DetokenizeRequest, string>("model", "Id of the model.", ValueRules.Text, (r, v) => r.Model = v),
        new Implemented<DetokenizeRequest, IReadOnlyList<int>>("tokens", "The token ids.", ValueRules.TokenIds, (r, v) => r.Tokens = v),
    ]);

    /// <summary>Reads a body.</summary>
    /// <exception cref="ApiException">Something in it is not allowed, or the tokens are missing.</exception>
    public static DetokenizeRequest Read(JsonElement body)
    {
        DetokenizeRequest request = new();
        Table.Read(body, request);
        return request.Tokens is not null ? request : throw ApiErrors.Missing("tokens", ValueRules.TokenIds.Allowed);
    }
}
