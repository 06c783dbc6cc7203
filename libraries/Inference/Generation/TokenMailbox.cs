using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace DaprMoE.Inference;

/// <summary>
/// Hands tokens from the engine's thread to one reader. Tokens stand in the sequence's own array, so that writing neither waits nor
/// allocates: it publishes a count, and queues this object itself to the thread pool when the reader waits.
/// </summary>
internal sealed class TokenMailbox(int[] tokens, int first) : IValueTaskSource, IThreadPoolWorkItem
{
    private ManualResetValueTaskSourceCore<bool> _signal;
    private int _count;
    private int _waiting;
    private int _finish = -1;

    /// <summary>Tokens that are published. Any thread.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether the end is published. Any thread.</summary>
    public bool HasEnded => Volatile.Read(ref _finish) >= 0;

    /// <summary>Publishes the next token of the array. Engine's thread.</summary>
    public void Publish()
    {
        Interlocked.Increment(ref _count);
        Wake();
    }

    /// <summary>Publishes the end. Engine's thread.</summary>
    public void Finish(FinishReason reason)
    {
        Volatile.Write(ref _finish, (int)reason);
        Wake();
    }

    /// <summary>The tokens, then the end. One reader, once.</summary>
    public async IAsyncEnumerable<GenerationStep> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static mailbox => ((TokenMailbox)mailbox!).Wake(), this);
        for (int read = 0; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // The reason is read before the count: once it is there, the count is final.
            int finish = Volatile.Read(ref _finish);
            if (read < Volatile.Read(ref _count))
            {
                yield return new GenerationStep(tokens[first + read++], null);
            }
            else if (finish >= 0)
            {
                yield return new GenerationStep(-1, (FinishReason)finish);
                yield break;
            }
            else
            {
                await WaitAsync(read, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    void IThreadPoolWorkItem.Execute() => _signal.SetResult(true);

    void IValueTaskSource.GetResult(short token) => _signal.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _signal.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _signal.OnCompleted(continuation, state, token, flags);

    private ValueTask WaitAsync(int read, CancellationToken cancellationToken)
    {
        _signal.Reset();
        Interlocked.Exchange(ref _waiting, 1);

        // What came before the flag was up woke nobody. Whoever takes the flag down decides: the writer wakes, or this does not wait.
        bool came = Volatile.Read(ref _count) > read || Volatile.Read(ref _finish) >= 0 || cancellationToken.IsCancellationRequested;
        return came && Interlocked.Exchange(ref _waiting, 0) == 1
            ? ValueTask.CompletedTask
            : new ValueTask(this, _signal.Version);
    }

    private void Wake()
    {
        if (Interlocked.Exchange(ref _waiting, 0) == 1)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }
}
