namespace DaprMoE.Ports;

/// <summary>A gateway's end of <c>expert-load</c>: writes each window to state and says so. One thread at a time.</summary>
/// <param name="state">Where windows are kept.</param>
/// <param name="bus">Where they are announced.</param>
/// <param name="source">The gateway's name.</param>
public sealed class LoadWindowPublisher(IStateStore state, IEventBus bus, string source)
{
    private readonly LoadWindowLog _log = new(state, source);
    private long? _version;

    /// <summary>Publishes a window under the next version; versions go on where they ended before a restart.</summary>
    /// <param name="close">Closes the window with its version, e.g. <see cref="LoadWindowBuilder.Close"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The version.</returns>
    /// <exception cref="StateStoreException">State can't be read or written: this window is lost.</exception>
    public async ValueTask<long> PublishAsync(Func<long, LoadWindow> close, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(close);
        _version ??= await _log.ReadNewestVersionAsync(cancellationToken).ConfigureAwait(false);
        LoadWindow window = close(_version.Value + 1);
        await _log.WriteAsync(window, cancellationToken).ConfigureAwait(false);
        _version = window.Version;
        await bus.PublishAsync(EventTopics.ExpertLoad, new VersionEvent(source, window.Version), cancellationToken).ConfigureAwait(false);
        return window.Version;
    }
}
