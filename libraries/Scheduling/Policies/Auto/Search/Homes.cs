namespace DaprMoE.Scheduling;

/// <summary>Which devices hold which experts while plans are searched: at most one copy of an expert on a device.</summary>
internal sealed class Homes(int experts, int devices)
{
    private readonly int[] _held = new int[experts * devices];
    private readonly int[] _perExpert = new int[experts];
    private readonly int[] _perDevice = new int[devices];
    private readonly int[] _slots = new int[devices];

    public int Experts => experts;

    public int Devices => devices;

    public int Count { get; private set; }

    /// <summary>Most copies of all experts together.</summary>
    public int Most { get; private set; }

    /// <summary>Copies at [expert · devices + device], 0 or 1.</summary>
    public ReadOnlySpan<int> Held => _held;

    public void Reset(ReadOnlySpan<int> slots, int most)
    {
        slots.CopyTo(_slots);
        Most = most;
        Count = 0;
        Array.Clear(_held);
        Array.Clear(_perExpert);
        Array.Clear(_perDevice);
    }

    public void CopyFrom(Homes other)
    {
        other._held.CopyTo(_held, 0);
        other._perExpert.CopyTo(_perExpert, 0);
        other._perDevice.CopyTo(_perDevice, 0);
        other._slots.CopyTo(_slots, 0);
        Count = other.Count;
        Most = other.Most;
    }

    public bool Has(int expert, int device) => _held[(expert * devices) + device] != 0;

    public int CountOf(int expert) => _perExpert[expert];

    public bool HasRoom(int device) => _perDevice[device] < _slots[device];

    /// <summary>Whether a copy can be added there.</summary>
    public bool CanAdd(int expert, int device) => Count < Most && HasRoom(device) && !Has(expert, device);

    public void Add(int expert, int device) => Change(expert, device, 1);

    public void Remove(int expert, int device) => Change(expert, device, -1);

    public void Apply(PlanChange change)
    {
        Exchange(change.Expert, change.From, change.To);
        if (change.Other != PlanChange.Nowhere)
        {
            Exchange(change.Other, change.To, change.From);
        }
    }

    private void Exchange(int expert, int from, int to)
    {
        if (from != PlanChange.Nowhere)
        {
            Remove(expert, from);
        }

        if (to != PlanChange.Nowhere)
        {
            Add(expert, to);
        }
    }

    private void Change(int expert, int device, int by)
    {
        _held[(expert * devices) + device] += by;
        _perExpert[expert] += by;
        _perDevice[device] += by;
        Count += by;
    }
}
