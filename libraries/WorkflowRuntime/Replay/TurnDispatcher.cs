namespace Dapr.Workflow;

/// <summary>
/// Runs all code of one turn on one thread, one piece after the other. Continuations wait in a queue that is emptied between history
/// events, so that the same history always leads to the same order.
/// </summary>
internal sealed class TurnDispatcher : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = [];
    private int _thread;

    /// <summary>Whether the caller is code of this turn.</summary>
    public bool IsCurrent => Current == this && Environment.CurrentManagedThreadId == Volatile.Read(ref _thread);

    /// <summary>Runs something and all that follows from it.</summary>
    public void Run(Action action)
    {
        SynchronizationContext? outer = Current;
        Volatile.Write(ref _thread, Environment.CurrentManagedThreadId);
        SetSynchronizationContext(this);
        try
        {
            action();
            while (_queue.TryDequeue(out (SendOrPostCallback Callback, object? State) next))
            {
                next.Callback(next.State);
            }
        }
        finally
        {
            Volatile.Write(ref _thread, 0);
            SetSynchronizationContext(outer);
        }
    }

    /// <summary>
    /// What comes from outside the turn, the end of a foreign task, would break the order: it is dropped, and the turn ends without it.
    /// </summary>
    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId == Volatile.Read(ref _thread))
        {
            _queue.Enqueue((d, state));
        }
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("A workflow's code is not called from outside.");

    public override SynchronizationContext CreateCopy() => this;
}
