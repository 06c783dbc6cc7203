namespace DaprMoE.Ports;

/// <summary>
/// Small documents by key, kept across restarts. An ETag names one state of one key for ever: it changes with each write and is never
/// used again, not even after a delete.
/// </summary>
public interface IStateStore
{
    /// <summary>Reads a document.</summary>
    /// <param name="key">A key of <see cref="StateKeys"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="StateStoreException">The store can't be read.</exception>
    ValueTask<StateEntry?> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary>Writes a document, whatever is there: the last one wins.</summary>
    /// <param name="key">A key of <see cref="StateKeys"/>.</param>
    /// <param name="value">The document, at most <see cref="StateLimits.MaxValueBytes"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">The key or the value's size is not allowed.</exception>
    /// <exception cref="StateStoreException">The store can't be written.</exception>
    ValueTask SetAsync(string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken);

    /// <summary>Writes a document only if the key is still in the state that was seen: compare and set.</summary>
    /// <param name="key">A key of <see cref="StateKeys"/>.</param>
    /// <param name="value">The document, at most <see cref="StateLimits.MaxValueBytes"/>.</param>
    /// <param name="etag">ETag of what was read; null when there was nothing, so that two creators do not both succeed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when somebody else was faster; nothing was written, read again.</returns>
    /// <exception cref="ArgumentException">The key or the value's size is not allowed.</exception>
    /// <exception cref="StateStoreException">The store can't be written.</exception>
    ValueTask<bool> TrySetAsync(string key, ReadOnlyMemory<byte> value, string? etag, CancellationToken cancellationToken);

    /// <summary>Deletes a document; one that is not there is deleted already.</summary>
    /// <param name="key">A key of <see cref="StateKeys"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StateStoreException">The store can't be written.</exception>
    ValueTask DeleteAsync(string key, CancellationToken cancellationToken);
}
