using System.Text.Json;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary><c>GET /v1/policy</c> and <c>POST /v1/policy</c>.</summary>
/// <param name="host">The served model.</param>
/// <param name="bodies">Reads bodies.</param>
/// <param name="access">Who may switch.</param>
/// <param name="services">Has the policy in force, where there is anything to decide.</param>
internal sealed class PolicyEndpoint(ModelHost host, RequestBodies bodies, AdminAccess access, IServiceProvider services)
{
    private readonly ServedPolicy? _policy = services.GetService<ServedPolicy>();

    public Task GetAsync(HttpContext context)
    {
        Write(context.Response);
        return Task.CompletedTask;
    }

    public async Task SwitchAsync(HttpContext context, CancellationToken cancellationToken)
    {
        access.Require(context);
        using RequestBody body = await bodies.ReadAsync(context, cancellationToken);
        string name = PolicyParameters.Read(body.Root);
        try
        {
            LivePolicies.Require(name);
            if (_policy is null)
            {
                throw new PolicyRefusedException($"The policy can't be switched, {LivePolicies.NoChoice}", isUnknown: false);
            }

            host.Require(null);
            await _policy.SwitchAsync(name, cancellationToken);
        }
        catch (PolicyRefusedException refused)
        {
            throw refused.IsUnknown ? ApiErrors.InvalidValue("policy", JsonExcerpt.Cut(name), string.Join(", ", LivePolicies.Names)) : ApiErrors.PolicyRefused(refused);
        }

        Write(context.Response);
    }

    private void Write(HttpResponse response)
    {
        response.ContentType = "application/json";
        using Utf8JsonWriter json = new(response.BodyWriter, JsonText.Options);
        json.WriteStartObject();
        json.WriteString("object", "policy");
        json.WriteString("policy", _policy?.Current ?? PolicyNames.Static);
        json.WriteNumber("plan_version", host.Current?.Loop?.PlanVersion ?? 0);
        json.WriteBoolean("switchable", _policy is not null);
        json.WriteStartArray("policies");
        foreach (string name in LivePolicies.Names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
