using System.Threading.Channels;

namespace DaprMoE.Ports;

/// <summary>
/// When to look at state again: on any event of a topic, and at the latest after the poll interval, for events can be lost.
/// </summary>
public sealed class StateWatch : IDisposable
{
    private readonly IEventSubscription _subscription;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _interval;

    /// <param name="bus">Where events come from.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="clock">Measures the interval.</param>
    /// <param name="interval">Longest time between two looks; null for <see cref="PollInterval"/>.</param>
    public StateWatch(IEventBus bus, string topic, TimeProvider clock, TimeSpan? interval = null)
    {
        ArgumentNullException.ThrowIfNull(bus);
        ArgumentNullException.ThrowIfNull(clock);
        _subscription = bus.Subscribe(topic);
        _clock = clock;
        _interval = interval ?? PollInterval;
    }

    /// <summary>The interval unless told otherwise: 2 s.</summary>
    public static TimeSpan PollInterval { get; } = TimeSpan.FromSeconds(2);

    /// <summary>Returns when it is time for the next look; events that have come together call for one look.</summary>
    public async Task NextAsync(CancellationToken cancellationToken)
    {
        ChannelReader<VersionEvent> events = _subscription.Events;
        using CancellationTokenSource timeout = new(_interval, _clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await events.WaitToReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The interval is over.
        }

        while (events.TryRead(out _))
        {
        }
    }

    /// <summary>Ends the subscription.</summary>
    public void Dispose() => _subscription.Dispose();
}
