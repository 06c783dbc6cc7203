using System.Diagnostics.CodeAnalysis;

namespace DaprMoE.Experts;

/// <summary>
/// A device's loader: one thread that returns slots and reads weights, one load at a time, so a slot's reads are over before it is used
/// again. Loads ahead of calls read at bounded bandwidth, stop between pieces when they are cancelled, and make way for loads that calls
/// wait for.
/// </summary>
internal sealed class Loader : ILoadPace, IDisposable
{
    private const int LongestWaitMs = 50;

    private readonly object _gate;
    private readonly IExpertBackend _backend;
    private readonly LoadQueue _queue;
    private readonly ReadBudget _budget;
    private readonly DeviceClock _clock;
    private readonly Action<LoadJob, bool, Exception?> _ended;
    private readonly Action<Exception> _failed;
    private readonly Thread _thread;
    private bool _stopping;

    /// <param name="gate">The device's lock; pulsed when the queue changes.</param>
    /// <param name="backend">Reads the weights.</param>
    /// <param name="queue">What there is to do.</param>
    /// <param name="budget">Bandwidth of loads ahead of calls.</param>
    /// <param name="clock">The time.</param>
    /// <param name="ended">Told of each load that ended, without the lock: whether it is loaded, and why it failed.</param>
    /// <param name="failed">Told, without the lock, when the loader itself can't go on; it does nothing any more then.</param>
    /// <param name="name">The device's name.</param>
    public Loader(
        object gate,
        IExpertBackend backend,
        LoadQueue queue,
        ReadBudget budget,
        DeviceClock clock,
        Action<LoadJob, bool, Exception?> ended,
        Action<Exception> failed,
        string name)
    {
        (_gate, _backend, _queue, _budget, _clock, _ended, _failed) = (gate, backend, queue, budget, clock, ended, failed);
        _thread = new Thread(Run) { IsBackground = true, Name = $"loader {name}" };
    }

    /// <inheritdoc/>
    public int PieceBytes => 1 << 20;

    public void Start() => _thread.Start();

    /// <inheritdoc/>
    public bool MayRead(long bytes)
    {
        lock (_gate)
        {
            while (true)
            {
                LoadJob job = _queue.Current!;
                if (job.IsCancelled || _stopping || (_queue.HasDemand && !job.IsDemand))
                {
                    return false;
                }

                if (job.IsDemand)
                {
                    return true;
                }

                long waitUs = _budget.WaitUs(_clock.NowUs);
                if (waitUs == 0)
                {
                    _budget.Take(bytes, _clock.NowUs);
                    return true;
                }

                Monitor.Wait(_gate, (int)Math.Min(LongestWaitMs, (waitUs / 1000) + 1));
            }
        }
    }

    /// <summary>Stops the current load and ends the thread. Called without the lock.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }

        _thread.Join();
    }

    [SuppressMessage("Design", "CA1031", Justification = "Memory that can't be given back ends the device, not the process.")]
    private void Run()
    {
        try
        {
            while (TryTake(out LoadJob? job, out Scheduling.MemorySlot slot))
            {
                if (job is null)
                {
                    _backend.Return(slot);
                }
                else
                {
                    Load(job);
                }
            }
        }
        catch (Exception fault)
        {
            _failed(fault);
        }
    }

    private bool TryTake(out LoadJob? job, out Scheduling.MemorySlot slot)
    {
        lock (_gate)
        {
            job = null;
            slot = default;
            while (!_stopping)
            {
                if (_queue.TryTakeReturn(out slot) || _queue.TryTakeLoad(out job))
                {
                    return true;
                }

                Monitor.Wait(_gate);
            }

            return false;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever keeps weights from being read fails the load, not the process.")]
    private void Load(LoadJob job)
    {
        bool isLoaded = false;
        Exception? error = null;
        try
        {
            isLoaded = _backend.Load(job.Replica, job.Slot, this);
        }
        catch (Exception fault)
        {
            error = fault;
        }

        _ended(job, isLoaded, error);
    }
}
