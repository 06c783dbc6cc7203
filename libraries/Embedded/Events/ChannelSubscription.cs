using System.Threading.Channels;
using DaprMoE.Ports;

namespace DaprMoE.Embedded;

/// <summary>A subscriber's channel. The newest events are kept: readers look at state, so older ones say nothing more.</summary>
internal sealed class ChannelSubscription : IEventSubscription
{
    /// <summary>Events that wait at most.</summary>
    public const int Capacity = 64;

    private readonly Channel<VersionEvent> _channel;
    private readonly Action<ChannelSubscription> _remove;
    private long _dropped;

    public ChannelSubscription(Action<ChannelSubscription> remove)
    {
        _remove = remove;
        _channel = Channel.CreateBounded<VersionEvent>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest },
            _ => Interlocked.Increment(ref _dropped));
    }

    public ChannelReader<VersionEvent> Events => _channel.Reader;

    public long Dropped => Interlocked.Read(ref _dropped);

    // Nothing but events can be published within a process.
    public long Refused => 0;

    public void Take(VersionEvent message) => _channel.Writer.TryWrite(message);

    public void Dispose()
    {
        if (_channel.Writer.TryComplete())
        {
            _remove(this);
        }
    }
}
