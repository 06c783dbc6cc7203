using DaprMoE.Ports;

namespace DaprMoE.Embedded;

/// <summary>The event bus within one process: a bounded channel for each subscriber. Publishing never waits.</summary>
public sealed class ChannelEventBus : IEventBus
{
    private readonly EventSubscribers _subscribers = new();

    /// <inheritdoc/>
    public ValueTask PublishAsync(string topic, VersionEvent message, CancellationToken cancellationToken)
    {
        EventTopics.Require(topic);
        VersionEvent.Require(message);
        _subscribers.Deliver(topic, message);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public IEventSubscription Subscribe(string topic) => _subscribers.Subscribe(topic);
}
