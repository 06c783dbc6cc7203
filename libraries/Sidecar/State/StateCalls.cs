using System.Globalization;
using Dapr.Client;
using DaprMoE.Ports;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace DaprMoE.Sidecar;

/// <summary>State calls by the SDK, as bytes over gRPC: over HTTP, JSON is stored anew and large integers lose digits.</summary>
internal sealed class StateCalls(DaprClient dapr, IOptions<SidecarOptions> options, TimeProvider clock) : IStateCalls
{
    private static readonly StateOptions FirstWrite = new() { Concurrency = ConcurrencyMode.FirstWrite };

    private string Store => options.Value.StateStore;

    public Task<StateEntry?> GetAsync(string key, CancellationToken cancellationToken) => CallAsync(
        async token =>
        {
            (ReadOnlyMemory<byte> value, string etag) = await dapr.GetByteStateAndETagAsync(
                Store, key, ConsistencyMode.Strong, cancellationToken: token).ConfigureAwait(false);
            return string.IsNullOrEmpty(etag) ? null : new StateEntry(value, etag);
        },
        key,
        cancellationToken);

    public Task SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan? timeToLive, CancellationToken cancellationToken) => CallAsync(
        async token =>
        {
            await dapr.SaveByteStateAsync(Store, key, value, metadata: Metadata(timeToLive), cancellationToken: token)
                .ConfigureAwait(false);
            return true;
        },
        key,
        cancellationToken);

    // An empty ETag with first-write is how the SDK says: only if there is none.
    public async Task<bool> TrySetAsync(
        string key, ReadOnlyMemory<byte> value, string? etag, TimeSpan? timeToLive, CancellationToken cancellationToken)
    {
        try
        {
            return await TryAsync(
                token => dapr.TrySaveByteStateAsync(Store, key, value, etag ?? "", FirstWrite, Metadata(timeToLive), token),
                key,
                etag,
                cancellationToken).ConfigureAwait(false);
        }
        catch (StateStoreException fault) when (etag is null && Status(fault.InnerException!) is StatusCode.Internal)
        {
            // PostgreSQL says this, too, of a key that is there already; which one it was shows in the key.
            if (await GetAsync(key, cancellationToken).ConfigureAwait(false) is null)
            {
                throw;
            }

            return false;
        }
    }

    public Task<bool> TryDeleteAsync(string key, string etag, CancellationToken cancellationToken) => TryAsync(
        token => dapr.TryDeleteStateAsync(Store, key, etag, FirstWrite, cancellationToken: token), key, etag, cancellationToken);

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => CallAsync(
        async token =>
        {
            await dapr.DeleteStateAsync(Store, key, cancellationToken: token).ConfigureAwait(false);
            return true;
        },
        key,
        cancellationToken);

    private static Dictionary<string, string>? Metadata(TimeSpan? timeToLive) => timeToLive is { } time
        ? new Dictionary<string, string> { ["ttlInSeconds"] = ((int)time.TotalSeconds).ToString(CultureInfo.InvariantCulture) }
        : null;

    /// <summary>A text that the store says is no ETag of its own was never given out, so it does not match.</summary>
    private Task<bool> TryAsync(
        Func<CancellationToken, Task<bool>> call, string key, string? etag, CancellationToken cancellationToken) => CallAsync(
        async token =>
        {
            try
            {
                return await call(token).ConfigureAwait(false);
            }
            catch (Exception exception) when (Status(exception) is StatusCode.Aborted
                || (etag is not null && Status(exception) is StatusCode.InvalidArgument))
            {
                return false;
            }
        },
        key,
        cancellationToken);

    private async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, string key, CancellationToken cancellationToken)
    {
        using Deadline deadline = new(options.Value.CallTimeout, clock, cancellationToken);
        try
        {
            return await call(deadline.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (deadline.IsFault(exception))
        {
            throw new StateStoreException(
                $"State '{key}' can't be used by the sidecar's component '{Store}': {deadline.Reason(exception)} "
                + "Check that the sidecar runs and its component's database is there.",
                exception);
        }
    }

    private static StatusCode? Status(Exception exception) =>
        (exception as RpcException ?? exception.InnerException as RpcException)?.StatusCode;
}
