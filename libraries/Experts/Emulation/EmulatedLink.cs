using System.Diagnostics.CodeAnalysis;
using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>
/// The emulated link of a device to its host: it carries one load after the other, each for the same virtual time. The weights are read
/// when a load is due, by the thread that advances the clock.
/// </summary>
/// <param name="box">The clock, and the time of a load.</param>
/// <param name="gate">The device's lock.</param>
/// <param name="backend">Reads the weights.</param>
/// <param name="ended">Told of each load that ended, without the lock: whether it is loaded, and why it failed.</param>
internal sealed class EmulatedLink(
    EmulatedBox box, object gate, IExpertBackend backend, Action<LoadJob, bool, Exception?> ended) : ILoadQueue, ILoadPace
{
    private readonly List<LoadJob> _waiting = [];
    private double _freeAt;

    public LoadJob? Current { get; private set; }

    public bool IsEmpty => true;

    public int PieceBytes => int.MaxValue;

    public bool MayRead(long bytes) => true;

    public void Return(MemorySlot slot) => backend.Return(slot);

    public void Add(long load, ReplicaId replica, MemorySlot slot, bool isDemand)
    {
        LoadJob job = new();
        job.Begin(load, replica, slot, isDemand);
        _waiting.Add(job);
        double due = box.Clock.Now;
        if (box.LoadsTakeTime)
        {
            due = _freeAt = Math.Max(due, _freeAt) + box.Timing.LoadSeconds;
        }

        box.Clock.At(due, () => Read(job));
    }

    /// <summary>The link carries loads in the order in which they were asked for, whoever waits.</summary>
    public void Demand(ReplicaId replica)
    {
    }

    /// <summary>A cancelled load keeps its time on the link, since its bytes are under way, but nothing comes of it.</summary>
    public void Cancel(long load)
    {
        if (_waiting.Find(job => job.Load == load) is { } job)
        {
            job.IsCancelled = true;
            _waiting.Remove(job);
        }
        else if (Current?.Load == load)
        {
            Current.IsCancelled = true;
        }
    }

    public void EndCurrent() => Current = null;

    public void PutBackCurrent() => throw new InvalidOperationException("A load of an emulated link is read without a break.");

    [SuppressMessage("Design", "CA1031", Justification = "Whatever keeps weights from being read fails the load, not the process.")]
    private void Read(LoadJob job)
    {
        lock (gate)
        {
            if (job.IsCancelled)
            {
                return;
            }

            _waiting.Remove(job);
            Current = job;
        }

        bool isLoaded = false;
        Exception? error = null;
        try
        {
            isLoaded = backend.Load(job.Replica, job.Slot, this);
        }
        catch (Exception fault)
        {
            error = fault;
        }

        ended(job, isLoaded, error);
    }
}
