using System.Globalization;

namespace DaprMoE.Ports.Tests;

/// <summary>A state store that forgets.</summary>
internal sealed class MemoryState : IStateStore
{
    private readonly Dictionary<string, StateEntry> _entries = [];
    private int _etag;

    public ValueTask<StateEntry?> GetAsync(string key, CancellationToken cancellationToken) => new(_entries.GetValueOrDefault(key));

    public ValueTask SetAsync(string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        StateLimits.Require(key, value.Length);
        _entries[key] = new StateEntry(value.ToArray(), (++_etag).ToString(CultureInfo.InvariantCulture));
        return ValueTask.CompletedTask;
    }

    public async ValueTask<bool> TrySetAsync(string key, ReadOnlyMemory<byte> value, string? etag, CancellationToken cancellationToken)
    {
        if (_entries.GetValueOrDefault(key)?.ETag != etag)
        {
            return false;
        }

        await SetAsync(key, value, cancellationToken);
        return true;
    }

    public ValueTask DeleteAsync(string key, CancellationToken cancellationToken)
    {
        _entries.Remove(key);
        return ValueTask.CompletedTask;
    }
}
