namespace DaprMoE.Ports;

/// <summary>
/// The subscribers within a process, by topic: what every event bus hands its events to. A bounded queue for each of them; delivering
/// never waits. Safe for any thread.
/// </summary>
public sealed class EventSubscribers
{
    /// <summary>Events that wait for one subscriber at most.</summary>
    public const int Capacity = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, QueuedSubscription[]> _subscribers = [];

    /// <summary>Receives a topic's events from now on, until the subscription is disposed.</summary>
    /// <exception cref="ArgumentException">There is no such topic.</exception>
    public IEventSubscription Subscribe(string topic)
    {
        EventTopics.Require(topic);
        QueuedSubscription subscription = new(gone => Remove(topic, gone));
        lock (_gate)
        {
            _subscribers[topic] = [.. _subscribers.GetValueOrDefault(topic, []), subscription];
        }

        return subscription;
    }

    /// <summary>Hands an event to all subscribers of a topic.</summary>
    public void Deliver(string topic, VersionEvent message)
    {
        foreach (QueuedSubscription subscriber in Of(topic))
        {
            subscriber.Take(message);
        }
    }

    /// <summary>Counts a payload that is no event, for all subscribers of a topic.</summary>
    public void Refuse(string topic)
    {
        foreach (QueuedSubscription subscriber in Of(topic))
        {
            subscriber.Refuse();
        }
    }

    private QueuedSubscription[] Of(string topic)
    {
        lock (_gate)
        {
            return _subscribers.GetValueOrDefault(topic, []);
        }
    }

    private void Remove(string topic, QueuedSubscription gone)
    {
        lock (_gate)
        {
            _subscribers[topic] = [.. _subscribers[topic].Where(subscriber => subscriber != gone)];
        }
    }
}
