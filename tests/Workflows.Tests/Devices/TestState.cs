using DaprMoE.Ports;

namespace DaprMoE.Workflows.Tests;

/// <summary>A state store whose calls can fail or be a process's last.</summary>
internal sealed class TestState(IStateStore inner, PortCalls calls) : IStateStore
{
    private static readonly Lock OneAtATime = new();

    public async ValueTask<StateEntry?> GetAsync(string key, CancellationToken cancellationToken) =>
        await calls.MakeAsync($"get {key}", () => Done(() => inner.GetAsync(key, cancellationToken)));

    public async ValueTask SetAsync(string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken) =>
        await calls.MakeAsync($"set {key}", () => Done(async () => { await inner.SetAsync(key, value, cancellationToken); return true; }));

    public async ValueTask<bool> TrySetAsync(
        string key, ReadOnlyMemory<byte> value, string? etag, CancellationToken cancellationToken) =>
        await calls.MakeAsync($"set {key}", () => Done(() => inner.TrySetAsync(key, value, etag, cancellationToken)));

    public async ValueTask DeleteAsync(string key, CancellationToken cancellationToken) =>
        await calls.MakeAsync($"delete {key}", () => Done(async () => { await inner.DeleteAsync(key, cancellationToken); return true; }));

    /// <summary>The store in memory ends its calls at once.</summary>
    private static T Done<T>(Func<ValueTask<T>> call)
    {
        lock (OneAtATime)
        {
            return call().AsTask().GetAwaiter().GetResult();
        }
    }
}
