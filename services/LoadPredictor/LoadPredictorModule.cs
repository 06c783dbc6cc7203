using DaprMoE.Ports;
using DaprMoE.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DaprMoE.LoadPredictor;

/// <summary>The load predictor as a part of a process: its own, or one with other services.</summary>
public static class LoadPredictorModule
{
    /// <summary>
    /// Adds the <c>regression</c> predictor: it reads windows of load from state, forecasts the next one and publishes that. The process
    /// adds what every service has, an <see cref="IStateStore"/> and an <see cref="IEventBus"/>.
    /// </summary>
    /// <param name="builder">The process.</param>
    /// <param name="configure">Settings from code, which win over the environment's.</param>
    public static TBuilder AddLoadPredictor<TBuilder>(this TBuilder builder, Action<LoadPredictorOptions>? configure = null)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        OptionsBuilder<LoadPredictorOptions> options =
            builder.Services.AddValidatedOptions<LoadPredictorOptions>(LoadPredictorOptions.Section);
        if (configure is not null)
        {
            options.Configure(configure);
        }

        builder.Services.AddSingleton<PredictorMetrics>();
        builder.Services.AddSingleton<PredictorLoop>();
        builder.Services.AddHostedService<PredictorService>();
        return builder;
    }
}
