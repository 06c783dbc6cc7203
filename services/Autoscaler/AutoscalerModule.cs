using DaprMoE.Ports;
using DaprMoE.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DaprMoE.Autoscaler;

/// <summary>The autoscaler as a part of a process: its own, or one with other services.</summary>
public static class AutoscalerModule
{
    /// <summary>
    /// Adds the slow loop's decisions: windows and forecast → policy → plan → rollout. The process adds what every service has, an
    /// <see cref="IStateStore"/>, an <see cref="IEventBus"/> and an <see cref="IPlanningBoxSource"/>; an <see cref="IPlanRollout"/> of its
    /// own takes the place of <see cref="SwitchAtOnce"/>. Plans follow <see cref="ActivePolicy"/>.
    /// </summary>
    /// <param name="builder">The process.</param>
    /// <param name="configure">Settings from code, which win over the environment's.</param>
    public static TBuilder AddAutoscaler<TBuilder>(this TBuilder builder, Action<AutoscalerOptions>? configure = null)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        OptionsBuilder<AutoscalerOptions> options = builder.Services.AddValidatedOptions<AutoscalerOptions>(AutoscalerOptions.Section);
        if (configure is not null)
        {
            options.Configure(configure);
        }

        builder.Services.TryAddSingleton<IPlanRollout, SwitchAtOnce>();
        builder.Services.TryAddSingleton(
            services => new ActivePolicy(services.GetRequiredService<IOptions<AutoscalerOptions>>().Value.Policy));
        builder.Services.AddSingleton<PolicyTrial>();
        builder.Services.AddSingleton<AutoscalerMetrics>();
        builder.Services.AddSingleton<AutoscalerLoop>();
        builder.Services.AddHostedService<AutoscalerService>();
        return builder;
    }
}
