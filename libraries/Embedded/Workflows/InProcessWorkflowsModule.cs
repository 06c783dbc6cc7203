using Dapr.Workflow;
using DaprMoE.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DaprMoE.Embedded;

/// <summary>Adds the in-process workflow runner to a container.</summary>
public static class InProcessWorkflowsModule
{
    /// <summary>
    /// Adds the runner as <see cref="IWorkflowStarter"/>. With the host it begins again what was cut off. The container has an
    /// <see cref="IStateStore"/>.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="register">Registers workflows and activities.</param>
    /// <param name="options">The bounds; null: the defaults.</param>
    /// <param name="ready">Completes when what activities need is there; until then runs are taken and wait. Null: at once.</param>
    public static IServiceCollection AddInProcessWorkflows(
        this IServiceCollection services,
        Action<WorkflowRuntimeOptions> register,
        InProcessWorkflowOptions? options = null,
        Func<IServiceProvider, CancellationToken, Task>? ready = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(register);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider =>
        {
            WorkflowRuntimeOptions registrations = new();
            register(registrations);
            return new InProcessWorkflows(
                registrations,
                provider.GetRequiredService<IStateStore>(),
                provider,
                options ?? new InProcessWorkflowOptions(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILoggerFactory>(),
                ready is null ? null : stop => ready(provider, stop));
        });
        services.AddSingleton<IWorkflowStarter>(provider => provider.GetRequiredService<InProcessWorkflows>());
        return services.AddHostedService<Resumption>();
    }

    private sealed class Resumption(InProcessWorkflows workflows) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => workflows.ResumeAsync(cancellationToken);

        public async Task StopAsync(CancellationToken cancellationToken) => await workflows.DisposeAsync().ConfigureAwait(false);
    }
}
