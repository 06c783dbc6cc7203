using DaprMoE.Ports;

namespace DaprMoE.Embedded;

/// <summary>The event bus within one process: a bounded channel for each subscriber. Publishing never waits.</summary>
public sealed class ChannelEventBus : IEventBus
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ChannelSubscription[]> _subscribers = [];

    /// <inheritdoc/>
    public ValueTask PublishAsync(string topic, VersionEvent message, CancellationToken cancellationToken)
    {
        EventTopics.Require(topic);
        ArgumentNullException.ThrowIfNull(message);
        if (!message.IsSound)
        {
            throw new ArgumentException($"'{message}' is no event; see {nameof(VersionEvent)} for its bounds.", nameof(message));
        }

        foreach (ChannelSubscription subscriber in SubscribersOf(topic))
        {
            subscriber.Take(message);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public IEventSubscription Subscribe(string topic)
    {
        EventTopics.Require(topic);
        ChannelSubscription subscription = new(gone => Remove(topic, gone));
        lock (_gate)
        {
            _subscribers[topic] = [.. _subscribers.GetValueOrDefault(topic, []), subscription];
        }

        return subscription;
    }

    private ChannelSubscription[] SubscribersOf(string topic)
    {
        lock (_gate)
        {
            return _subscribers.GetValueOrDefault(topic, []);
        }
    }

    private void Remove(string topic, ChannelSubscription gone)
    {
        lock (_gate)
        {
            _subscribers[topic] = [.. _subscribers[topic].Where(subscriber => subscriber != gone)];
        }
    }
}
