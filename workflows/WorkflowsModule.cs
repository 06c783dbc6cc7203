using DaprMoE.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DaprMoE.Workflows;

/// <summary>Adds what the activities need.</summary>
public static class WorkflowsModule
{
    /// <summary>
    /// Adds what activities are made with. The container has an <see cref="IExpertControl"/>, an <see cref="IStateStore"/> and an
    /// <see cref="IEventBus"/>.
    /// </summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddWorkflowActivities(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PlanStore>();
        services.TryAddSingleton<RolloutStore>();
        return services;
    }
}
