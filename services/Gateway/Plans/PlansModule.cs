namespace DaprMoE.Gateway;

/// <summary>The gateway's end of the slow loop that follows plans.</summary>
public static class PlansModule
{
    /// <summary>
    /// Follows plans. The container has the gateway, an <see cref="Ports.IStateStore"/> and an <see cref="Ports.IEventBus"/>.
    /// </summary>
    public static IServiceCollection AddPlanWatch(this IServiceCollection services) => services.AddHostedService<PlanWatch>();
}
