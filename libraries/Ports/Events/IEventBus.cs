namespace DaprMoE.Ports;

/// <summary>Publishes and receives version events. Delivery may fail, repeat and reorder: readers look at state as well.</summary>
public interface IEventBus
{
    /// <summary>Tells all subscribers of a topic, this process's included. A subscriber that does not keep up is not waited for.</summary>
    /// <param name="topic">One of <see cref="EventTopics"/>.</param>
    /// <param name="message">The event.</param>
    /// <param name="cancellationToken">Ends the wait for a broker.</param>
    /// <exception cref="ArgumentException">There is no such topic, or the event's values are out of their bounds.</exception>
    ValueTask PublishAsync(string topic, VersionEvent message, CancellationToken cancellationToken);

    /// <summary>Receives a topic's events from now on, until the subscription is disposed.</summary>
    /// <exception cref="ArgumentException">There is no such topic.</exception>
    IEventSubscription Subscribe(string topic);
}
