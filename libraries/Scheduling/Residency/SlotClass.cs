namespace DaprMoE.Scheduling;

/// <summary>The slots of one size that hold no replica: kept ones have pages, the others have none.</summary>
internal sealed class SlotClass
{
    // In order of the time since when they are free. Reuse takes the newest, so that the oldest can end their keep-alive.
    private readonly List<(int Index, long FreeSinceUs)> _kept = [];
    private readonly Stack<int> _returned = [];
    private int _next;

    public long? LongestFreeSinceUs => _kept.Count > 0 ? _kept[0].FreeSinceUs : null;

    public bool TryTakeKept(out int index)
    {
        index = _kept.Count > 0 ? _kept[^1].Index : -1;
        if (index >= 0)
        {
            _kept.RemoveAt(_kept.Count - 1);
        }

        return index >= 0;
    }

    public bool TryTakeKeptSince(long freeSinceUs, out int index)
    {
        index = LongestFreeSinceUs <= freeSinceUs ? _kept[0].Index : -1;
        if (index >= 0)
        {
            _kept.RemoveAt(0);
        }

        return index >= 0;
    }

    public int TakeFresh() => _returned.TryPop(out int index) ? index : _next++;

    public void Keep(int index, long nowUs) => _kept.Add((index, nowUs));

    public void Return(int index) => _returned.Push(index);

    public void Clear()
    {
        _kept.Clear();
        _returned.Clear();
        _next = 0;
    }
}
