using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dapr.Workflow;

/// <summary>Adds Dapr Workflow to a container.</summary>
public static class WorkflowServiceCollectionExtensions
{
    /// <summary>
    /// Adds the worker, which runs with the host, and <see cref="DaprWorkflowClient"/>. Nothing is connected until the host starts; a
    /// sidecar that is not there yet, or is restarted, is waited for.
    /// </summary>
    /// <param name="serviceCollection">The container.</param>
    /// <param name="configure">Registers workflows and activities.</param>
    /// <exception cref="ArgumentException">Two classes are registered under one name.</exception>
    public static IServiceCollection AddDaprWorkflow(this IServiceCollection serviceCollection, Action<WorkflowRuntimeOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(serviceCollection);
        ArgumentNullException.ThrowIfNull(configure);
        WorkflowRuntimeOptions options = new();
        configure(options);
        serviceCollection.TryAddSingleton(TimeProvider.System);
        serviceCollection.AddSingleton(options);
        serviceCollection.AddSingleton(new WorkflowRegistry(options));
        serviceCollection.AddSingleton<SidecarConnection>();
        serviceCollection.AddSingleton<TurnHandler>();
        serviceCollection.AddSingleton<ActivityHandler>();
        serviceCollection.AddSingleton(services => new DaprWorkflowClient(
            services.GetRequiredService<SidecarConnection>(), services.GetRequiredService<TimeProvider>()));
        return serviceCollection.AddHostedService<WorkflowWorker>();
    }
}
