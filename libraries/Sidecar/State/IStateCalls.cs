using DaprMoE.Ports;

namespace DaprMoE.Sidecar;

/// <summary>The calls of a state store that values are built on; each fits into one body of the sidecar.</summary>
internal interface IStateCalls
{
    /// <summary>Null when there is none.</summary>
    Task<StateEntry?> GetAsync(string key, CancellationToken cancellationToken);

    Task SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan? timeToLive, CancellationToken cancellationToken);

    /// <summary>Only over the state that the ETag names, or where there is none when it is null; false otherwise.</summary>
    Task<bool> TrySetAsync(
        string key, ReadOnlyMemory<byte> value, string? etag, TimeSpan? timeToLive, CancellationToken cancellationToken);

    /// <summary>Only the state that the ETag names; false otherwise.</summary>
    Task<bool> TryDeleteAsync(string key, string etag, CancellationToken cancellationToken);

    /// <summary>Whatever is there.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);
}
