using System.Globalization;
using DaprMoE.Ports;

namespace DaprMoE.Sidecar.Tests;

/// <summary>A state store that takes no more than a sidecar does, and can be interrupted between two calls.</summary>
internal sealed class MemoryCalls : IStateCalls
{
    private const int BodyBytes = 4 << 20;
    private int _etag;

    public Dictionary<string, StateEntry> Entries { get; } = [];

    /// <summary>Called before each call, with its kind and key.</summary>
    public Func<string, string, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    public HashSet<TimeSpan?> TimesToLive { get; } = [];

    public async Task<StateEntry?> GetAsync(string key, CancellationToken cancellationToken)
    {
        await Before("get", key);
        return Entries.GetValueOrDefault(key);
    }

    public async Task SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan? timeToLive, CancellationToken cancellationToken)
    {
        await Before("set", key);
        Write(key, value, timeToLive);
    }

    public async Task<bool> TrySetAsync(
        string key, ReadOnlyMemory<byte> value, string? etag, TimeSpan? timeToLive, CancellationToken cancellationToken)
    {
        await Before("try", key);
        if (Entries.GetValueOrDefault(key)?.ETag != etag)
        {
            return false;
        }

        Write(key, value, timeToLive);
        return true;
    }

    public async Task<bool> TryDeleteAsync(string key, string etag, CancellationToken cancellationToken)
    {
        await Before("delete", key);
        return Entries.GetValueOrDefault(key)?.ETag == etag && Entries.Remove(key);
    }

    public async Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        await Before("delete", key);
        Entries.Remove(key);
    }

    private void Write(string key, ReadOnlyMemory<byte> value, TimeSpan? timeToLive)
    {
        Assert.True(value.Length < BodyBytes, $"'{key}' of {value.Length} bytes fits into no body.");
        TimesToLive.Add(timeToLive);
        Entries[key] = new StateEntry(value.ToArray(), (++_etag).ToString(CultureInfo.InvariantCulture));
    }
}
