using DaprMoE.Ports;

namespace DaprMoE.Sidecar;

/// <summary>State in the sidecar's state store, with its ETags.</summary>
internal sealed class SidecarStateStore(ChunkedValues values) : IStateStore
{
    public async ValueTask<StateEntry?> GetAsync(string key, CancellationToken cancellationToken)
    {
        StateLimits.Require(key);
        return await values.GetAsync(key, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask SetAsync(string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        StateLimits.Require(key, value.Length);
        await values.SetAsync(key, value, timeToLive: null, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> TrySetAsync(string key, ReadOnlyMemory<byte> value, string? etag, CancellationToken cancellationToken)
    {
        StateLimits.Require(key, value.Length);
        return await values.TrySetAsync(key, value, etag, timeToLive: null, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DeleteAsync(string key, CancellationToken cancellationToken)
    {
        StateLimits.Require(key);
        await values.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
    }
}
