using System.Threading.Channels;

namespace DaprMoE.Ports;

/// <summary>One subscriber's bounded queue of a topic's events; when it is full the oldest event makes room.</summary>
public interface IEventSubscription : IDisposable
{
    /// <summary>The events; completed once the subscription is disposed.</summary>
    ChannelReader<VersionEvent> Events { get; }

    /// <summary>Events that were dropped because the subscriber did not keep up.</summary>
    long Dropped { get; }

    /// <summary>Payloads that were refused because they are no events.</summary>
    long Refused { get; }
}
