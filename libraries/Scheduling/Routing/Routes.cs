namespace DaprMoE.Scheduling;

/// <summary>Holds the routing table that is in force. It is swapped as a whole: a reader takes it once and works on one snapshot.</summary>
/// <param name="first">The table to begin with.</param>
public sealed class Routes(RoutingTable first)
{
    private readonly Lock _gate = new();
    private RoutingTable _current = first;
    private TaskCompletionSource? _change;

    /// <summary>The table in force.</summary>
    public RoutingTable Current => Volatile.Read(ref _current);

    /// <summary>Puts another table in force, from any thread.</summary>
    public void Replace(RoutingTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        TaskCompletionSource? change;
        lock (_gate)
        {
            (change, _change) = (_change, null);
            Volatile.Write(ref _current, table);
        }

        change?.SetResult();
    }

    /// <summary>Completes once another table than the one seen is in force; at once, when that is so already.</summary>
    /// <param name="seen">A table that was <see cref="Current"/>.</param>
    public Task WaitForChangeAsync(RoutingTable seen)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(_current, seen))
            {
                return Task.CompletedTask;
            }

            _change ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _change.Task;
        }
    }
}
