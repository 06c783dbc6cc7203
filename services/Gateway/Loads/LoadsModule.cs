namespace DaprMoE.Gateway;

/// <summary>The gateway's end of the slow loop that tells its load.</summary>
public static class LoadsModule
{
    /// <summary>
    /// Publishes windows of load. The container has the gateway, an <see cref="Ports.IStateStore"/> and an <see cref="Ports.IEventBus"/>.
    /// </summary>
    public static IServiceCollection AddLoadWindows(this IServiceCollection services) => services.AddHostedService<LoadWindowService>();
}
