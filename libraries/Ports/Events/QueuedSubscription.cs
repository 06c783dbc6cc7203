using System.Threading.Channels;

namespace DaprMoE.Ports;

/// <summary>A subscriber's channel. The newest events are kept: readers look at state, so older ones say nothing more.</summary>
internal sealed class QueuedSubscription : IEventSubscription
{
    private readonly Channel<VersionEvent> _channel;
    private readonly Action<QueuedSubscription> _remove;
    private long _dropped;
    private long _refused;

    public QueuedSubscription(Action<QueuedSubscription> remove)
    {
        _remove = remove;
        _channel = Channel.CreateBounded<VersionEvent>(
            new BoundedChannelOptions(EventSubscribers.Capacity) { FullMode = BoundedChannelFullMode.DropOldest },
            _ => Interlocked.Increment(ref _dropped));
    }

    public ChannelReader<VersionEvent> Events => _channel.Reader;

    public long Dropped => Interlocked.Read(ref _dropped);

    public long Refused => Interlocked.Read(ref _refused);

    public void Take(VersionEvent message) => _channel.Writer.TryWrite(message);

    public void Refuse() => Interlocked.Increment(ref _refused);

    public void Dispose()
    {
        if (_channel.Writer.TryComplete())
        {
            _remove(this);
        }
    }
}
