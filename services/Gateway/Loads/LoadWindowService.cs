using DaprMoE.Inference;
using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>
/// The gateway's end of <c>expert-load</c>: counts what the engine does and publishes a window each second in which it did something.
/// </summary>
internal sealed partial class LoadWindowService(
    IServedModelSource models,
    IStateStore state,
    IEventBus bus,
    IRandomSource random,
    TimeProvider clock,
    ILogger<LoadWindowService> logger) : BackgroundService
{
    /// <summary>The name under which windows are kept.</summary>
    public const string Source = "gateway";

    private readonly LoadWindowPublisher _publisher = new(state, bus, Source);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        ServedModel model = await models.WhenOpenAsync(stoppingToken);
        if (model.Layout is not { } layout)
        {
            return;
        }

        LoadWindowCounter counter = new(layout, new Random((int)(random.Next() & int.MaxValue)));
        model.Forward.Watch(counter);
        model.Events.Watch(counter);
        using PeriodicTimer timer = new(PolicyDefaults.LoadWindow, model.Clock ?? clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // An idle second says nothing, and would be written to a disk each second.
            if (counter.Iterations > 0)
            {
                await PublishAsync(model, counter, stoppingToken);
            }
        }
    }

    private async Task PublishAsync(ServedModel model, LoadWindowCounter counter, CancellationToken cancellationToken)
    {
        float[]? expected = Expect(model, counter.PromptTokens);
        try
        {
            await _publisher.PublishAsync(version => counter.Close(version, (model.Clock ?? clock).GetUtcNow(), expected), cancellationToken);
        }
        catch (StateStoreException exception)
        {
            LogLostWindow(exception.Message);
        }
    }

    /// <summary>What queued and running requests tell of the next window; null without a token table.</summary>
    private static float[]? Expect(ServedModel model, long promptTokens)
    {
        if (model.TokenLoads is not { } table || model.Requests is not { } requests)
        {
            return null;
        }

        ExpectedLoads expected = new(model.Layout!.Shape, table, promptTokens);
        IReadOnlyList<GenerationProgress> open = requests.Open();
        foreach (GenerationProgress running in open.Where(request => request.HasBegun))
        {
            expected.AddRunning(running.Tokens.Span);
        }

        foreach (GenerationProgress queued in open.Where(request => !request.HasBegun))
        {
            if (!expected.TryAddQueued(queued.Tokens.Span))
            {
                break;
            }
        }

        return expected.ToArray();
    }

    [LoggerMessage(EventIds.LoadWindowLost, LogLevel.Warning, "{Fault} The load of this second is not known to the slow loop.")]
    private partial void LogLostWindow(string fault);
}
