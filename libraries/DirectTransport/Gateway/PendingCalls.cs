namespace DaprMoE.DirectTransport;

/// <summary>
/// The calls of one host whose answers are awaited. The engine's thread begins and waits; streams bring answers or end. What belongs to no
/// pending call, since that was given up or went out on another stream, is dropped and counted.
/// </summary>
internal sealed class PendingCalls(TimeProvider clock)
{
    // Parking is cut into pieces, so that the deadline follows the clock that was given.
    private static readonly TimeSpan LongestPark = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly List<PendingCall> _calls = [];
    private readonly Stack<PendingCall> _spare = new();
    private readonly CallSignal _signal = new();
    private long _lateAnswers;

    /// <summary>Answers that came when nobody waited for them any more.</summary>
    public long LateAnswers => Volatile.Read(ref _lateAnswers);

    /// <summary>Begins to await a call's answer.</summary>
    public void Begin(long id, IDataStream stream, TimeSpan timeout)
    {
        lock (_gate)
        {
            PendingCall call = _spare.TryPop(out PendingCall? spare) ? spare : new PendingCall();
            call.Id = id;
            call.Stream = stream;
            call.Deadline = clock.GetTimestamp() + (long)(timeout.TotalSeconds * clock.TimestampFrequency);
            call.Answer = null;
            call.IsLost = stream.IsLost;
            _calls.Add(call);
        }
    }

    /// <summary>Brings an answer, which is taken over.</summary>
    public void Answer(long id, IDataStream? stream, FrameBuffer answer)
    {
        lock (_gate)
        {
            if (Find(id) is { Answer: null } call && call.Stream == stream)
            {
                call.Answer = answer;
                answer = null!;
            }
        }

        if (answer is null)
        {
            _signal.Set();
        }
        else
        {
            Interlocked.Increment(ref _lateAnswers);
            answer.Return();
        }
    }

    /// <summary>Gives up the calls of a stream that has ended.</summary>
    public void Lose(IDataStream stream)
    {
        lock (_gate)
        {
            foreach (PendingCall call in _calls)
            {
                call.IsLost |= call.Stream == stream;
            }
        }

        _signal.Set();
    }

    /// <summary>Waits for a call, which is pending no longer.</summary>
    /// <param name="id">The call.</param>
    /// <param name="answer">The answer, which is the caller's now; null when the device was lost or the time is over.</param>
    /// <param name="lost">Whether there is no answer because the device was lost.</param>
    public void Wait(long id, out FrameBuffer? answer, out bool lost)
    {
        while (true)
        {
            int version = _signal.Version;
            TimeSpan left;
            lock (_gate)
            {
                PendingCall? call = Find(id);
                left = call is null ? TimeSpan.Zero : clock.GetElapsedTime(clock.GetTimestamp(), call.Deadline);
                if (call is null || call.Answer is not null || call.IsLost || left <= TimeSpan.Zero)
                {
                    answer = call?.Answer;
                    lost = call is null || call.IsLost;
                    Forget(call);
                    return;
                }
            }

            _signal.Wait(version, left < LongestPark ? left : LongestPark);
        }
    }

    private PendingCall? Find(long id)
    {
        foreach (PendingCall call in _calls)
        {
            if (call.Id == id)
            {
                return call;
            }
        }

        return null;
    }

    private void Forget(PendingCall? call)
    {
        if (call is not null)
        {
            _calls.Remove(call);
            call.Stream = null;
            call.Answer = null;
            _spare.Push(call);
        }
    }
}
