namespace DaprMoE.Ports;

/// <summary>
/// Tensors by reference: large bytes that one process puts and another gets, instead of carrying them through a workflow's history. An
/// object is gone after its time to live at the latest, so nothing that a killed process left stays.
/// </summary>
public interface IObjectStore
{
    /// <summary>Keeps an object; one of the same name is replaced. Repeating a call is harmless, as activities need it.</summary>
    /// <param name="name">Names joined by '/', as in <see cref="StateKeys.IsKey"/>; the reference that is passed on.</param>
    /// <param name="value">The bytes, at most <see cref="ObjectLimits.MaxObjectBytes"/>; they may be changed after the call.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">The name or the size is not allowed.</exception>
    /// <exception cref="ObjectStoreException">The store is full, or can't be written.</exception>
    ValueTask PutAsync(string name, ReadOnlyMemory<byte> value, CancellationToken cancellationToken);

    /// <summary>Reads an object.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when there is none: never put, deleted, or its time is over.</returns>
    /// <exception cref="ObjectStoreException">The store can't be read.</exception>
    ValueTask<ReadOnlyMemory<byte>?> GetAsync(string name, CancellationToken cancellationToken);

    /// <summary>Deletes an object once it is used; one that is not there is deleted already.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ObjectStoreException">The store can't be written.</exception>
    ValueTask DeleteAsync(string name, CancellationToken cancellationToken);
}
