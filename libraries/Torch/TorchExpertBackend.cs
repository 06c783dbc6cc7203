using System.Collections.Concurrent;
using DaprMoE.Experts;
using DaprMoE.Scheduling;

namespace DaprMoE.Torch;

/// <summary>
/// One device's experts on libtorch. Weights come from the checkpoint's own row-major tensors. Equal to the cpu backend within the golden
/// tolerance, not to the bit: torch's products depend on how many rows they have.
/// </summary>
internal sealed class TorchExpertBackend(TorchModel model, IExpertMemory memory, SharedForward forward) : IExpertBackend
{
    private readonly ConcurrentDictionary<ReplicaId, LoadedExpert> _loaded = new();
    private readonly LoadedExpert[] _called = new LoadedExpert[model.MostExperts];
    private long _bytesHeld;

    public string Name => TorchBackendFactory.BackendName;

    public long BytesHeld => Interlocked.Read(ref _bytesHeld);

    public long ExpertBytes(int layer) => model.ExpertBytes(layer);

    public bool Load(ReplicaId replica, MemorySlot slot, ILoadPace pace)
    {
        ExpertId expert = replica.Expert;
        if (memory.Load(slot, model.Stored(expert), model.ShapeOf(expert.Layer), pace) is not { } loaded)
        {
            return false;
        }

        if (!_loaded.TryAdd(replica, loaded))
        {
            loaded.Dispose();
            throw new InvalidOperationException($"Replica {replica} is loaded already.");
        }

        Interlocked.Add(ref _bytesHeld, ExpertBytes(expert.Layer));
        return true;
    }

    public void Forward(in ExpertWork work)
    {
        for (int from = 0; from < work.Groups.Length; from += _called.Length)
        {
            ReadOnlySpan<ReplicaGroup> groups = work.Groups[from..Math.Min(from + _called.Length, work.Groups.Length)];
            Forward(work with { Groups = groups });
        }
    }

    public void Free(ReplicaId replica)
    {
        if (_loaded.TryRemove(replica, out LoadedExpert? expert))
        {
            Interlocked.Add(ref _bytesHeld, -ExpertBytes(replica.Expert.Layer));
            expert.Dispose();
        }
    }

    public void Return(MemorySlot slot) => memory.Return(slot);

    public void Dispose()
    {
        foreach (ReplicaId replica in _loaded.Keys)
        {
            Free(replica);
        }

        memory.Dispose();
    }

    private void Forward(ExpertWork work)
    {
        for (int i = 0; i < work.Groups.Length; i++)
        {
            _called[i] = Find(new ReplicaId(new ExpertId(work.Layer, work.Groups[i].Expert), work.Groups[i].Index));
        }

        TruncationCheck.Run(_called.AsSpan(0, work.Groups.Length));
        forward.Run(in work, _called);
    }

    private LoadedExpert Find(ReplicaId replica) => _loaded.TryGetValue(replica, out LoadedExpert? expert)
        ? expert
        : throw new InvalidOperationException($"Replica {replica} is called but not loaded.");
}
