using System.Collections.Concurrent;
using DaprMoE.Models;
using DaprMoE.Scheduling;
using static TorchSharp.torch;

namespace DaprMoE.Torch;

/// <summary>The experts that a backend has loaded and the slots that hold them. Loads may run beside look-ups.</summary>
internal sealed class ExpertStore(TorchBackendOptions options, Device device) : IDisposable
{
    private readonly ConcurrentDictionary<ReplicaId, LoadedExpert> _loaded = new();
    private readonly ConcurrentDictionary<MemorySlot, ISlotMemory> _slots = new();
    private readonly Lock _filling = new();
    private readonly SlotFiller _filler = new();
    private readonly bool _mayMap = !options.Budgeted && !options.Device.IsCuda;
    private long _bytesHeld;

    /// <summary>Bytes of the experts that are loaded, as <see cref="ExpertShape.Bytes"/> counts them.</summary>
    public long BytesHeld => Interlocked.Read(ref _bytesHeld);

    /// <summary>Makes an expert's weights ready; a replica that is loaded stays as it is.</summary>
    /// <exception cref="CheckpointException">The checkpoint can't be read.</exception>
    public void Load(ReplicaId replica, MemorySlot slot, StoredExpert stored, ExpertShape shape)
    {
        lock (_filling)
        {
            if (!_loaded.ContainsKey(replica))
            {
                _loaded[replica] = (_mayMap ? MappedExpert.TryWrap(stored, shape, options.Compute) : null) ?? Copy(slot, stored, shape);
                Interlocked.Add(ref _bytesHeld, shape.Bytes(options.Compute));
            }
        }
    }

    /// <summary>The expert of a loaded replica.</summary>
    /// <exception cref="InvalidOperationException">It is not loaded.</exception>
    public LoadedExpert Find(ReplicaId replica) => _loaded.TryGetValue(replica, out LoadedExpert? expert)
        ? expert
        : throw new InvalidOperationException($"Replica {replica} is called but not loaded.");

    /// <summary>Forgets a replica; its slot keeps its memory. One that is not loaded is left alone.</summary>
    public void Free(ReplicaId replica)
    {
        if (_loaded.TryRemove(replica, out LoadedExpert? expert))
        {
            Interlocked.Add(ref _bytesHeld, -expert.Shape.Bytes(options.Compute));
            expert.Dispose();
        }
    }

    /// <summary>Gives a slot's memory back to the system.</summary>
    public void Return(MemorySlot slot)
    {
        if (_slots.TryRemove(slot, out ISlotMemory? memory))
        {
            memory.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (LoadedExpert expert in _loaded.Values)
        {
            expert.Dispose();
        }

        foreach (ISlotMemory slot in _slots.Values)
        {
            slot.Dispose();
        }

        _loaded.Clear();
        _slots.Clear();
        _filler.Dispose();
    }

    private LoadedExpert Copy(MemorySlot slot, StoredExpert stored, ExpertShape shape)
    {
        if (!options.Budgeted)
        {
            ISlotMemory own = Allocate(shape);
            _filler.Fill(own.Values, stored);
            return LoadedExpert.In(own.Values, shape, owned: own);
        }

        ISlotMemory memory = _slots.GetOrAdd(slot, _ => Allocate(shape));
        _filler.Fill(memory.Values, stored);
        return LoadedExpert.In(memory.Values, shape);
    }

    private ISlotMemory Allocate(ExpertShape shape) => options.Device.IsCuda
        ? new DeviceSlot(shape.Bytes(options.Compute), options.Compute, device)
        : new HostSlot(shape.Bytes(options.Compute), options.Compute);
}
