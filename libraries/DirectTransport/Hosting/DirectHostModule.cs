using DaprMoE.Experts;
using Grpc.AspNetCore.Server.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DaprMoE.DirectTransport;

/// <summary>The host's end of the direct transport as a part of a web application.</summary>
public static class DirectHostModule
{
    /// <summary>Adds the data stream and the control service.</summary>
    /// <param name="services">Where to add.</param>
    /// <param name="host">Tells what the host is and which devices it has; asked when the first stream comes, or before.</param>
    public static IServiceCollection AddDirectHost(
        this IServiceCollection services, Func<IServiceProvider, (HostDescription Host, IReadOnlyList<IExpertDevice> Devices)> host)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider =>
        {
            (HostDescription description, IReadOnlyList<IExpertDevice> devices) = host(provider);
            return ActivatorUtilities.CreateInstance<HostedExperts>(provider, description, devices);
        });
        services.AddSingleton<HeartbeatThread>();
        services.AddSingleton<ExpertDataService>();
        services.AddSingleton<ExpertControlService>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IServiceMethodProvider<ExpertDataService>, ExpertDataMethods>());
        services.AddGrpc();
        return services;
    }

    /// <summary>Maps the data stream and the control service.</summary>
    public static IEndpointRouteBuilder MapDirectHost(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<ExpertDataService>();
        endpoints.MapGrpcService<ExpertControlService>();
        return endpoints;
    }
}
