using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor;

/// <summary>Runs the loop: a look at each event of <c>expert-load</c>, and every two seconds.</summary>
internal sealed partial class PredictorService(
    PredictorLoop loop, IEventBus bus, TimeProvider clock, ILogger<PredictorService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using StateWatch watch = new(bus, EventTopics.ExpertLoad, clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await loop.StepAsync(stoppingToken);
            }
            catch (StateStoreException exception)
            {
                LogStateFault(exception.Message);
            }

            await watch.NextAsync(stoppingToken);
        }
    }

    [LoggerMessage(2010, LogLevel.Warning, "{Fault} The next look tries again.")]
    private partial void LogStateFault(string fault);
}
