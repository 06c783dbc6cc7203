using Dapr.Client;
using DaprMoE.Ports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DaprMoE.Sidecar;

/// <summary>
/// The event bus by pub/sub. An event that can't be published is lost, counted and said once: whoever needs it looks at state.
/// </summary>
internal sealed partial class SidecarEventBus(
    SidecarTopics topics,
    DaprClient dapr,
    IOptions<SidecarOptions> options,
    TimeProvider clock,
    SidecarMetrics metrics,
    ILogger<SidecarEventBus> logger) : IEventBus
{
    /// <summary>A version that is older says nothing to anybody: state has been read since.</summary>
    private static readonly Dictionary<string, string> Metadata = new() { ["ttlInSeconds"] = "60" };

    private readonly EventSubscribers _subscribers = new();
    private volatile bool _isLosing;

    public IReadOnlyList<string> Topics => topics.Names;

    public async ValueTask PublishAsync(string topic, VersionEvent message, CancellationToken cancellationToken)
    {
        EventTopics.Require(topic);
        byte[] payload = VersionEventCodec.Encode(message);
        using Deadline deadline = new(options.Value.CallTimeout, clock, cancellationToken);
        try
        {
            await dapr.PublishByteEventAsync(options.Value.PubSub, topic, payload, "application/json", Metadata, deadline.Token)
                .ConfigureAwait(false);
            metrics.Published(topic);
            _isLosing = false;
        }
        catch (Exception exception) when (deadline.IsFault(exception))
        {
            metrics.Lost(topic);
            if (!_isLosing)
            {
                _isLosing = true;
                LogLost(topic, options.Value.PubSub, exception.Message);
            }
        }
    }

    public IEventSubscription Subscribe(string topic)
    {
        EventTopics.Require(topic);
        return Topics.Contains(topic, StringComparer.Ordinal) ? _subscribers.Subscribe(topic) : throw new ArgumentException(
            $"Topic '{topic}' is not among those that this process has the sidecar subscribe to: {string.Join(", ", Topics)}. "
            + $"Name it in {nameof(SidecarModule.AddSidecar)}.",
            nameof(topic));
    }

    /// <summary>Takes what the sidecar delivers.</summary>
    /// <returns>False for what is no event.</returns>
    public bool TryDeliver(string topic, ReadOnlySpan<byte> payload)
    {
        if (VersionEventCodec.TryDecode(payload) is not { } message)
        {
            metrics.Refused(topic);
            _subscribers.Refuse(topic);
            LogRefused(topic, payload.Length);
            return false;
        }

        metrics.Received(topic);
        _subscribers.Deliver(topic, message);
        return true;
    }

    [LoggerMessage(3001, LogLevel.Warning,
        "Events of {Topic} and others are lost, since component {Component} takes none: {Fault} Readers look at state every 2 s.")]
    private partial void LogLost(string topic, string component, string fault);

    [LoggerMessage(3002, LogLevel.Warning, "A payload of {Bytes} bytes on {Topic} is no event; it is dropped.")]
    private partial void LogRefused(string topic, int bytes);
}
