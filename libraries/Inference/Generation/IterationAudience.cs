namespace DaprMoE.Inference;

/// <summary>
/// Those who wait for the running iteration. When all of them have left, its token is cancelled, so that it does not wait for experts on
/// behalf of nobody.
/// </summary>
internal sealed class IterationAudience(int maxSequences) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Sequence> _waiting = new(maxSequences);
    private CancellationTokenSource _left = new();
    private bool _closed;

    /// <summary>An iteration begins that computes rows of some of these sequences. Engine's thread.</summary>
    public CancellationToken Begin(IReadOnlyList<Sequence> running)
    {
        lock (_gate)
        {
            for (int i = 0; i < running.Count; i++)
            {
                if (running[i].PlannedRows > 0)
                {
                    _waiting.Add(running[i]);
                }
            }
        }

        // One may have left before it was listed.
        SequenceLeft();
        return _left.Token;
    }

    /// <summary>The iteration has computed or given up. Engine's thread.</summary>
    public void End()
    {
        lock (_gate)
        {
            _waiting.Clear();
        }

        if (_left.IsCancellationRequested)
        {
            _left.Dispose();
            _left = new CancellationTokenSource();
        }
    }

    /// <summary>A sequence was cancelled. Any thread.</summary>
    public void SequenceLeft()
    {
        lock (_gate)
        {
            if (_waiting.Count > 0 && (_closed || AllCancelled()))
            {
                _left.Cancel();
            }
        }
    }

    /// <summary>Nobody waits for this or any later iteration. Any thread.</summary>
    public void AllLeave()
    {
        lock (_gate)
        {
            _closed = true;
        }

        SequenceLeft();
    }

    /// <summary>After the engine's thread has ended.</summary>
    public void Dispose() => _left.Dispose();

    private bool AllCancelled()
    {
        for (int i = 0; i < _waiting.Count; i++)
        {
            if (!_waiting[i].IsCancelled)
            {
                return false;
            }
        }

        return true;
    }
}
