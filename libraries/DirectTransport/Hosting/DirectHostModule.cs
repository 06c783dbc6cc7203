using Grpc.AspNetCore.Server.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DaprMoE.DirectTransport;

/// <summary>The host's end of the direct transport as a part of a web application.</summary>
public static class DirectHostModule
{
    // Windows as large as a prefill's frames, so that one never waits for the other side's permission.
    private const int StreamWindowBytes = 4 << 20;
    private const int ConnectionWindowBytes = 8 << 20;
    private const int Http2FrameBytes = 1 << 20;

    /// <summary>Adds a <see cref="DirectHost"/>, the data stream and the control service.</summary>
    /// <param name="services">Where to add.</param>
    /// <param name="secret">What callers have to prove that they know; null: nothing.</param>
    public static IServiceCollection AddDirectHost(this IServiceCollection services, Func<IServiceProvider, SharedSecret?> secret)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<DirectHost>();
        services.AddSingleton<HeartbeatThread>();
        services.AddSingleton<ExpertDataService>();
        services.AddSingleton<ExpertControlService>();
        services.AddSingleton(provider => new SecretInterceptor(secret(provider)));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IServiceMethodProvider<ExpertDataService>, ExpertDataMethods>());
        services.AddGrpc(options => options.Interceptors.Add<SecretInterceptor>())
            .AddServiceOptions<ExpertDataService>(options => options.MaxReceiveMessageSize = FrameSizes.MaxFrameBytes);
        return services;
    }

    /// <summary>Sets the server's limits for streams that carry frames and last for as long as both sides live.</summary>
    public static void ConfigureDirectHost(this KestrelServerOptions kestrel)
    {
        ArgumentNullException.ThrowIfNull(kestrel);
        kestrel.Limits.Http2.InitialStreamWindowSize = StreamWindowBytes;
        kestrel.Limits.Http2.InitialConnectionWindowSize = ConnectionWindowBytes;
        kestrel.Limits.Http2.MaxFrameSize = Http2FrameBytes;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MaxRequestBodySize = null;
    }

    /// <summary>Maps the data stream and the control service.</summary>
    public static IEndpointRouteBuilder MapDirectHost(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        // A secret that can't be read is said at the start, not to the first caller.
        _ = endpoints.ServiceProvider.GetRequiredService<SecretInterceptor>();
        endpoints.MapGrpcService<ExpertDataService>();
        endpoints.MapGrpcService<ExpertControlService>();
        return endpoints;
    }
}
