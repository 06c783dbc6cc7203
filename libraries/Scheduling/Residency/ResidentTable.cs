using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace DaprMoE.Scheduling;

/// <summary>The replicas that hold memory, in an order that depends on the events alone.</summary>
internal sealed class ResidentTable
{
    private readonly Dictionary<ReplicaId, Resident> _byId = [];
    private readonly List<Resident> _all = [];
    private readonly Stack<Resident> _spare = [];

    public ReadOnlySpan<Resident> All => CollectionsMarshal.AsSpan(_all);

    public int Count => _all.Count;

    /// <summary>Replicas that are pinned: mostly none, and then nobody has to look for them.</summary>
    public int Pinned { get; private set; }

    public Resident this[int position] => _all[position];

    public Resident this[ReplicaId id] => _byId[id];

    public bool TryGet(ReplicaId id, [NotNullWhen(true)] out Resident? resident) => _byId.TryGetValue(id, out resident);

    public Resident Add(ReplicaId id, MemorySlot slot, long bytes, long load, long requester, ResidencyReason origin)
    {
        Resident resident = _spare.TryPop(out Resident? spare) ? spare : new Resident();
        resident.Begin(id, slot, bytes, load, requester, origin);
        resident.Position = _all.Count;
        _all.Add(resident);
        _byId.Add(id, resident);
        return resident;
    }

    public void SetPinned(Resident resident, bool isPinned)
    {
        Pinned += (isPinned ? 1 : 0) - (resident.IsPinned ? 1 : 0);
        resident.IsPinned = isPinned;
    }

    /// <summary>The last one takes its position.</summary>
    public void Remove(Resident resident)
    {
        SetPinned(resident, isPinned: false);
        Resident last = _all[^1];
        _all[resident.Position] = last;
        last.Position = resident.Position;
        _all.RemoveAt(_all.Count - 1);
        _byId.Remove(resident.Id);
        _spare.Push(resident);
    }

    public void Clear()
    {
        _all.ForEach(_spare.Push);
        _all.Clear();
        _byId.Clear();
        Pinned = 0;
    }
}
