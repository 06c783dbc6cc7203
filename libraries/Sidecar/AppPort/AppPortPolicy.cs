using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Extensions.Options;

namespace DaprMoE.Sidecar;

/// <summary>
/// Hides the sidecar's routes from every other port. It goes by the port that the connection came in on; the host header, which routing
/// can match by itself, is the client's to choose.
/// </summary>
internal sealed class AppPortPolicy(IOptions<SidecarOptions> options) : MatcherPolicy, IEndpointSelectorPolicy
{
    public override int Order => 0;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(IsForAppPort);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        bool isAppPort = httpContext.Connection.LocalPort == options.Value.AppPort;
        for (int i = 0; i < candidates.Count && !isAppPort; i++)
        {
            if (IsForAppPort(candidates[i].Endpoint))
            {
                candidates.SetValidity(i, false);
            }
        }

        return Task.CompletedTask;
    }

    private static bool IsForAppPort(Endpoint endpoint) => endpoint.Metadata.GetMetadata<AppPortOnly>() is not null;
}
