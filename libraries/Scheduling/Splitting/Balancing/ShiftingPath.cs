namespace DaprMoE.Scheduling;

/// <summary>
/// A shortest chain of devices along which work can be shifted: from one device to the next where an expert has tokens on the first and
/// another replica on the second. Found breadth first, so that filling up to a level takes polynomially many chains.
/// </summary>
internal sealed class ShiftingPath
{
    private const int Unseen = -2;
    private const int Source = -1;

    private int[] _from = [];
    private int[] _to = [];
    private int[] _queue = [];
    private int _end;
    private int _reached;

    /// <summary>The devices seen by the last search: when it failed they can pass tokens to no other device.</summary>
    public ReadOnlySpan<int> Reached => _queue.AsSpan(0, _reached);

    /// <summary>Searches a chain from any device with more work than one limit to any device with less than another.</summary>
    /// <param name="layer">The replicas, their tokens and the devices' work.</param>
    /// <param name="above">Work above which a device wants to give.</param>
    /// <param name="below">Work below which a device may take.</param>
    /// <param name="shift">Which replicas give and take.</param>
    public bool Find<T>(in DividedLayer layer, long above, long below, T shift)
        where T : struct, IShift
    {
        Start(layer.Loads, above);
        for (int head = 0; head < _reached; head++)
        {
            int device = _queue[head];
            if (layer.Loads[device] < below)
            {
                _end = device;
                return true;
            }

            foreach (int position in layer.Movable.On(device))
            {
                if (shift.Gives(layer.Parts[position]))
                {
                    Reach(layer, position, shift);
                }
            }
        }

        return false;
    }

    /// <summary>Shifts as many tokens as bring one end of the chain to the level, or as the chain can carry above the floor.</summary>
    public void ShiftExcess(in DividedLayer layer, long level, int floor)
    {
        long amount = level - layer.Loads[_end];
        int start = _end;
        for (; _from[start] >= 0; start = layer.DeviceOf(_from[start]))
        {
            amount = Math.Min(amount, layer.Parts[_from[start]] - floor);
        }

        int moved = (int)Math.Min(amount, layer.Loads[start] - level);
        for (int d = _end; _from[d] >= 0; d = layer.DeviceOf(_from[d]))
        {
            layer.Parts[_from[d]] -= moved;
            layer.Parts[_to[d]] += moved;
        }

        layer.Loads[start] -= moved;
        layer.Loads[_end] += moved;
    }

    /// <summary>Moves all tokens of each replica on the chain to the next device.</summary>
    public void ShiftWhole(in DividedLayer layer)
    {
        for (int d = _end; _from[d] >= 0; d = layer.DeviceOf(_from[d]))
        {
            layer.Move(new TokenMove(_from[d], _to[d], layer.Parts[_from[d]]));
        }
    }

    private void Start(ReadOnlySpan<int> loads, long above)
    {
        Grow.To(ref _from, loads.Length);
        Grow.To(ref _to, loads.Length);
        Grow.To(ref _queue, loads.Length);
        _reached = 0;
        for (int d = 0; d < loads.Length; d++)
        {
            _from[d] = loads[d] > above ? Source : Unseen;
            if (loads[d] > above)
            {
                _queue[_reached++] = d;
            }
        }
    }

    private void Reach<T>(in DividedLayer layer, int position, T shift)
        where T : struct, IShift
    {
        (int first, int end) = layer.Copies(position);
        for (int i = first; i < end; i++)
        {
            int device = layer.DeviceOf(i);
            if (_from[device] == Unseen && shift.Takes(layer.Parts[i]))
            {
                _from[device] = position;
                _to[device] = i;
                _queue[_reached++] = device;
            }
        }
    }
}
