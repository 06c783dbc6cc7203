using DaprMoE.Ports;

namespace DaprMoE.Embedded;

/// <summary>Objects in this process's memory, bounded as a whole. Safe for any thread; calls never wait.</summary>
public sealed class MemoryObjectStore : IObjectStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Kept> _objects = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;
    private readonly long _maxBytes;
    private readonly TimeSpan _timeToLive;
    private long _bytes;

    /// <param name="clock">Ends objects.</param>
    /// <param name="maxBytes">Most bytes of all objects together, at least 1.</param>
    /// <param name="timeToLive">How long an object is kept at most; null: <see cref="ObjectLimits.TimeToLive"/>.</param>
    public MemoryObjectStore(TimeProvider clock, long maxBytes = DefaultMaxBytes, TimeSpan? timeToLive = null)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        (_clock, _maxBytes, _timeToLive) = (clock, maxBytes, timeToLive ?? ObjectLimits.TimeToLive);
    }

    /// <summary>Most bytes of all objects together unless told otherwise: 256 MiB.</summary>
    public const long DefaultMaxBytes = 256L << 20;

    /// <summary>Bytes of all objects that are kept.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask PutAsync(string name, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        ObjectLimits.Require(name, value.Length);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            Expire();
            long replaced = _objects.TryGetValue(name, out Kept? before) ? before.Value.Length : 0;
            if (_bytes - replaced + value.Length > _maxBytes)
            {
                throw new ObjectStoreException(
                    $"Object '{name}' of {value.Length} bytes finds no room: {_bytes} of {_maxBytes} bytes are held. "
                    + "Send fewer tokens at a time, or use another transport.");
            }

            _objects[name] = new Kept(value.ToArray(), _clock.GetTimestamp());
            _bytes += value.Length - replaced;
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> GetAsync(string name, CancellationToken cancellationToken)
    {
        ObjectLimits.Require(name);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            Expire();
            return new(_objects.TryGetValue(name, out Kept? kept) ? kept.Value : (ReadOnlyMemory<byte>?)null);
        }
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(string name, CancellationToken cancellationToken)
    {
        ObjectLimits.Require(name);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            Remove(name);
        }

        return ValueTask.CompletedTask;
    }

    private void Expire()
    {
        List<string> over = [.. _objects.Where(pair => _clock.GetElapsedTime(pair.Value.PutAt) >= _timeToLive).Select(pair => pair.Key)];
        over.ForEach(Remove);
    }

    private void Remove(string name)
    {
        if (_objects.Remove(name, out Kept? kept))
        {
            _bytes -= kept.Value.Length;
        }
    }

    private sealed record Kept(byte[] Value, long PutAt);
}
