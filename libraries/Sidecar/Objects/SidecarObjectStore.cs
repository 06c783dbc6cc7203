using DaprMoE.Ports;

namespace DaprMoE.Sidecar;

/// <summary>Objects in the sidecar's state store, beside state, each with a time to live.</summary>
internal sealed class SidecarObjectStore(ChunkedValues values) : IObjectStore
{
    public async ValueTask PutAsync(string name, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        ObjectLimits.Require(name, value.Length);
        await CallAsync(name, async key =>
        {
            await values.SetAsync(key, value, ObjectLimits.TimeToLive, cancellationToken).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
    }

    public async ValueTask<ReadOnlyMemory<byte>?> GetAsync(string name, CancellationToken cancellationToken)
    {
        ObjectLimits.Require(name);
        StateEntry? entry = await CallAsync(name, key => values.GetAsync(key, cancellationToken)).ConfigureAwait(false);
        return entry?.Value;
    }

    public async ValueTask DeleteAsync(string name, CancellationToken cancellationToken)
    {
        ObjectLimits.Require(name);
        await CallAsync(name, async key =>
        {
            await values.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
    }

    private static async Task<T> CallAsync<T>(string name, Func<string, Task<T>> call)
    {
        try
        {
            return await call($"~objects/{name}").ConfigureAwait(false);
        }
        catch (StateStoreException exception)
        {
            throw new ObjectStoreException($"Object '{name}' can't be used: {exception.Message}", exception);
        }
    }
}
