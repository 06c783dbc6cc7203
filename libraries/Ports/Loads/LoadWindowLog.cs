namespace DaprMoE.Ports;

/// <summary>
/// The last windows of one gateway in state: a ring of places, so that a reader who missed an event, or several windows, finds them, and
/// one that was restarted has its past back. One gateway writes; readers keep the version that they have read.
/// </summary>
/// <param name="state">Where they are kept.</param>
/// <param name="source">The gateway's name.</param>
public sealed class LoadWindowLog(IStateStore state, string source)
{
    /// <summary>Windows that are kept.</summary>
    public const int Places = 256;

    /// <summary>Writes a window over the oldest one.</summary>
    /// <exception cref="StateStoreException">The store can't be written.</exception>
    public ValueTask WriteAsync(LoadWindow window, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(window);
        return state.SetAsync(KeyOf(window.Version), LoadWindowCodec.Encode(window), cancellationToken);
    }

    /// <summary>The newest version that was written; 0 when there is none. A gateway that starts goes on from here.</summary>
    /// <exception cref="StateStoreException">The store can't be read.</exception>
    public async ValueTask<long> ReadNewestVersionAsync(CancellationToken cancellationToken)
    {
        LoadWindowBatch all = await ReadAfterAsync(after: 0, cancellationToken).ConfigureAwait(false);
        return all.Windows.Count == 0 ? 0 : all.Windows[^1].Version;
    }

    /// <summary>Reads the windows that a reader has not seen, oldest first.</summary>
    /// <param name="after">The last version that was read; 0 for all that are kept.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StateStoreException">The store can't be read.</exception>
    public async ValueTask<LoadWindowBatch> ReadAfterAsync(long after, CancellationToken cancellationToken)
    {
        List<LoadWindow> windows = [];
        for (long version = Math.Max(0, after) + 1; ; version++)
        {
            (LoadWindow? window, bool isBroken) = await ReadPlaceAsync(version, cancellationToken).ConfigureAwait(false);
            if (window?.Version == version)
            {
                windows.Add(window);
            }
            else if (isBroken || window?.Version > version)
            {
                // A place that can't be read, or a writer who has gone round the ring: what is left is found by looking everywhere.
                return await ReadAllAsync(after, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                return new LoadWindowBatch(windows, Refused: 0);
            }
        }
    }

    private async ValueTask<LoadWindowBatch> ReadAllAsync(long after, CancellationToken cancellationToken)
    {
        SortedList<long, LoadWindow> windows = [];
        int refused = 0;
        for (int place = 0; place < Places; place++)
        {
            (LoadWindow? window, bool isBroken) = await ReadPlaceAsync(place, cancellationToken).ConfigureAwait(false);
            refused += isBroken ? 1 : 0;
            if (window?.Version > after)
            {
                windows[window.Version] = window;
            }
        }

        return new LoadWindowBatch([.. windows.Values], refused);
    }

    private async ValueTask<(LoadWindow? Window, bool IsBroken)> ReadPlaceAsync(long version, CancellationToken cancellationToken)
    {
        StateEntry? entry = await state.GetAsync(KeyOf(version), cancellationToken).ConfigureAwait(false);
        if (entry is null)
        {
            return (null, false);
        }

        try
        {
            return (LoadWindowCodec.Decode(entry.Value.Span), false);
        }
        catch (DocumentException)
        {
            return (null, true);
        }
    }

    private string KeyOf(long version) => StateKeys.Window(source, (int)(version % Places));
}
