namespace DaprMoE.Scheduling;

/// <summary>What each device has room for, carries and got last while a layer is placed.</summary>
internal sealed class DeviceRoom
{
    /// <summary>No expert: every device with room is as good as any other.</summary>
    public const int Nobody = -1;

    private double[] _loads = [];
    private int[] _slots = [];
    private int[] _lastExpert = [];
    private int _devices;

    public ReadOnlySpan<double> Loads => _loads.AsSpan(0, _devices);

    /// <summary>Replicas that fit on all devices together.</summary>
    public long Total { get; private set; }

    public void Reset(ReadOnlySpan<int> slots)
    {
        _devices = slots.Length;
        Grow.To(ref _loads, _devices);
        Grow.To(ref _slots, _devices);
        Grow.To(ref _lastExpert, _devices);
        _loads.AsSpan(0, _devices).Clear();
        _lastExpert.AsSpan(0, _devices).Fill(Nobody);
        slots.CopyTo(_slots);
        Total = 0;
        foreach (int free in slots)
        {
            Total += free;
        }
    }

    /// <summary>Takes room on a device, for a replica that is placed later.</summary>
    public bool TryReserve(int device)
    {
        if (_slots[device] == 0)
        {
            return false;
        }

        _slots[device]--;
        return true;
    }

    public void PlaceReserved(int device, double load, int expert)
    {
        _loads[device] += load;
        _lastExpert[device] = expert;
    }

    public void Place(int device, double load, int expert)
    {
        _slots[device]--;
        PlaceReserved(device, load, expert);
    }

    /// <summary>The device with room that carries least, then has most room, then comes first.</summary>
    /// <param name="avoiding">An expert whose devices are taken only when no other has room, or <see cref="Nobody"/>.</param>
    public int LeastLoaded(int avoiding)
    {
        int best = -1;
        for (int d = 0; d < _devices; d++)
        {
            if (_slots[d] > 0 && (best < 0 || IsBetter(d, best, avoiding)))
            {
                best = d;
            }
        }

        return best;
    }

    private bool IsBetter(int device, int best, int avoiding)
    {
        bool holds = avoiding != Nobody && _lastExpert[device] == avoiding;
        bool bestHolds = avoiding != Nobody && _lastExpert[best] == avoiding;
        return holds != bestHolds ? bestHolds
            : _loads[device] != _loads[best] ? _loads[device] < _loads[best]
            : _slots[device] > _slots[best];
    }
}
