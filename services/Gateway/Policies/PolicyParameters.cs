using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary>The body of <c>POST /v1/policy</c>.</summary>
internal sealed class PolicyRequest
{
    public string? Policy { get; set; }
}

/// <summary>The parameters of <c>POST /v1/policy</c>.</summary>
internal static class PolicyParameters
{
    public static readonly ParameterTable<PolicyRequest> Table = new(
    [
        new Implemented<PolicyRequest, string>(
            "policy", "The policy to put in force: `auto`, `eplb`, `moeless` or `static`.", ValueRules.Text, (r, v) => r.Policy = v),
    ]);

    /// <summary>Reads a body.</summary>
    /// <exception cref="ApiException">Something in it is not allowed, or the policy is missing.</exception>
    public static string Read(JsonElement body)
    {
        PolicyRequest request = new();
        Table.Read(body, request);
        return request.Policy ?? throw ApiErrors.Missing("policy", string.Join(", ", LivePolicies.Names));
    }
}
