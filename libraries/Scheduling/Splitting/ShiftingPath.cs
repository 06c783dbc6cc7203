namespace DaprMoE.Scheduling;

/// <summary>
/// A shortest chain of devices along which tokens can be shifted: from one device to the next where an expert has tokens on the first and
/// another replica on the second. Found breadth first, so that filling up to a level takes polynomially many chains. A replica never
/// gives away its last <c>floor</c> tokens and takes none unless it has as many, so that what one device loses is what the next one gains.
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
    private int _floor;

    /// <summary>The devices seen by the last search: when it failed they can pass tokens to no other device.</summary>
    public ReadOnlySpan<int> Reached => _queue.AsSpan(0, _reached);

    /// <summary>Searches a chain from any device above the level to any device below it.</summary>
    /// <param name="plan">The replicas.</param>
    /// <param name="movable">Those whose tokens may go elsewhere.</param>
    /// <param name="parts">Tokens of each replica.</param>
    /// <param name="loads">Tokens of each device.</param>
    /// <param name="level">The level.</param>
    /// <param name="floor">Tokens below which a replica's work does not fall; 0 when work is tokens.</param>
    public bool Find(
        LayerPlan plan, MovableReplicas movable, ReadOnlySpan<int> parts, ReadOnlySpan<int> loads, long level, int floor)
    {
        _floor = floor;
        Start(loads, level);
        for (int head = 0; head < _reached; head++)
        {
            int device = _queue[head];
            if (loads[device] < level)
            {
                _end = device;
                return true;
            }

            foreach (int position in movable.On(device))
            {
                if (parts[position] > floor)
                {
                    Reach(plan, position, parts);
                }
            }
        }

        return false;
    }

    /// <summary>Shifts as many tokens along the chain as bring one of its ends to the level, or as the chain can carry.</summary>
    public void Shift(LayerPlan plan, Span<int> parts, Span<int> loads, long level)
    {
        long amount = level - loads[_end];
        int start = _end;
        for (; _from[start] >= 0; start = plan.Replicas[_from[start]].Device)
        {
            amount = Math.Min(amount, parts[_from[start]] - _floor);
        }

        int moved = (int)Math.Min(amount, loads[start] - level);
        for (int d = _end; _from[d] >= 0; d = plan.Replicas[_from[d]].Device)
        {
            parts[_from[d]] -= moved;
            parts[_to[d]] += moved;
        }

        loads[start] -= moved;
        loads[_end] += moved;
    }

    private void Start(ReadOnlySpan<int> loads, long level)
    {
        Grow.To(ref _from, loads.Length);
        Grow.To(ref _to, loads.Length);
        Grow.To(ref _queue, loads.Length);
        _reached = 0;
        for (int d = 0; d < loads.Length; d++)
        {
            _from[d] = loads[d] > level ? Source : Unseen;
            if (loads[d] > level)
            {
                _queue[_reached++] = d;
            }
        }
    }

    private void Reach(LayerPlan plan, int position, ReadOnlySpan<int> parts)
    {
        int expert = plan.Replicas[position].Expert;
        int first = plan.FirstOf(expert);
        for (int i = first; i < first + plan.CountOf(expert); i++)
        {
            int device = plan.Replicas[i].Device;
            if (_from[device] == Unseen && parts[i] >= _floor)
            {
                _from[device] = position;
                _to[device] = i;
                _queue[_reached++] = device;
            }
        }
    }
}
