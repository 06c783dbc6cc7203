using DaprMoE.Ports;

namespace DaprMoE.Autoscaler;

/// <summary>Runs the loop: a look at each event of <c>expert-forecast</c>, which follows each window, and every two seconds.</summary>
internal sealed partial class AutoscalerService(AutoscalerLoop loop, IEventBus bus, TimeProvider clock, ILogger<AutoscalerService> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using StateWatch watch = new(bus, EventTopics.ExpertForecast, clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await loop.StepAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is StateStoreException or WorkflowStartException)
            {
                LogFault(exception.Message);
            }

            await watch.NextAsync(stoppingToken);
        }
    }

    [LoggerMessage(2110, LogLevel.Warning, "{Fault} The next look tries again.")]
    private partial void LogFault(string fault);
}
