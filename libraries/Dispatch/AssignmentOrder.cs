using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>
/// Sorts the (token, expert) pairs of an iteration by expert, tokens ascending within one, in time linear in pairs and experts.
/// Its arrays are allocated once.
/// </summary>
internal sealed class AssignmentOrder
{
    private readonly int[] _rows;
    private readonly int[] _slots;
    private readonly int[] _next;
    private readonly ExpertGroup[] _groups;
    private int _groupCount;
    private int _count;

    public AssignmentOrder(int maxAssignments, int maxExperts)
    {
        _rows = new int[maxAssignments];
        _slots = new int[maxAssignments];
        _next = new int[maxExperts];
        _groups = new ExpertGroup[maxExperts];
    }

    /// <summary>For each sorted assignment its token's row.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, _count);

    /// <summary>For each pair [t, k] the sorted assignment that holds it.</summary>
    public ReadOnlySpan<int> Slots => _slots.AsSpan(0, _count);

    /// <summary>Experts that have tokens, ascending.</summary>
    public ReadOnlySpan<ExpertGroup> Groups => _groups.AsSpan(0, _groupCount);

    /// <param name="experts">Chosen experts, [t, k].</param>
    /// <param name="topK">k.</param>
    /// <param name="expertCount">Experts of the layer.</param>
    public void Sort(ReadOnlySpan<int> experts, int topK, int expertCount)
    {
        _count = experts.Length;
        Count(experts, expertCount);
        for (int pair = 0; pair < experts.Length; pair++)
        {
            int slot = _next[experts[pair]]++;
            _rows[slot] = pair / topK;
            _slots[pair] = slot;
        }
    }

    private void Count(ReadOnlySpan<int> experts, int expertCount)
    {
        Span<int> next = _next.AsSpan(0, expertCount);
        next.Clear();
        foreach (int expert in experts)
        {
            next[expert]++;
        }

        _groupCount = 0;
        int first = 0;
        for (int expert = 0; expert < expertCount; expert++)
        {
            int count = next[expert];
            next[expert] = first;
            if (count > 0)
            {
                _groups[_groupCount++] = new ExpertGroup(expert, first, count);
            }

            first += count;
        }
    }
}
