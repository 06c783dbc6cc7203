using DaprMoE.Inference;
using DaprMoE.Ports;

namespace DaprMoE.Dispatch;

/// <summary>
/// Sorts the (token, expert) pairs of an iteration by expert, tokens ascending within one, in time linear in pairs and experts.
/// Its arrays are allocated once.
/// </summary>
internal sealed class AssignmentOrder
{
    private readonly int[] _slots;
    private readonly int[] _next;
    private readonly int[] _loads;
    private readonly byte[] _terms;
    private readonly ExpertRun[] _runs;
    private int _runCount;
    private int _experts;
    private int _count;

    public AssignmentOrder(DispatchLimits limits)
    {
        int pairs = limits.MaxRows * limits.MaxTopK;
        _slots = new int[pairs];
        _next = new int[limits.MaxExperts];
        _loads = new int[limits.MaxExperts];
        _terms = new byte[limits.MaxRows];
        _runs = new ExpertRun[limits.MaxExperts];
    }

    /// <summary>For each pair [t, k] the sorted assignment that holds it.</summary>
    public ReadOnlySpan<int> Slots => _slots.AsSpan(0, _count);

    /// <summary>Tokens of each expert.</summary>
    public ReadOnlySpan<int> Loads => _loads.AsSpan(0, _experts);

    /// <summary>Experts that have tokens, ascending.</summary>
    public ReadOnlySpan<ExpertRun> Runs => _runs.AsSpan(0, _runCount);

    /// <param name="call">The layer's choices.</param>
    /// <param name="expertCount">Experts of the layer.</param>
    /// <param name="sorted">Receives token, weight and place among its token's terms of each pair.</param>
    public void Sort(in MoeLayerCall call, int expertCount, LayerAssignments sorted)
    {
        _count = sorted.Count = call.Experts.Length;
        Count(call.Experts, expertCount);
        Place(in call, sorted);
        NumberTerms(call.Experts.Length / call.TopK, sorted);
    }

    private void Count(ReadOnlySpan<int> experts, int expertCount)
    {
        _experts = expertCount;
        Span<int> loads = _loads.AsSpan(0, expertCount);
        loads.Clear();
        foreach (int expert in experts)
        {
            loads[expert]++;
        }

        _runCount = 0;
        int first = 0;
        for (int expert = 0; expert < expertCount; expert++)
        {
            int count = loads[expert];
            _next[expert] = first;
            if (count > 0)
            {
                _runs[_runCount++] = new ExpertRun(expert, first, count);
            }

            first += count;
        }
    }

    private void Place(in MoeLayerCall call, LayerAssignments sorted)
    {
        Span<int> tokens = sorted.Tokens;
        Span<float> weights = sorted.Weights;
        for (int pair = 0; pair < call.Experts.Length; pair++)
        {
            int slot = _next[call.Experts[pair]]++;
            tokens[slot] = pair / call.TopK;
            weights[slot] = call.Weights[pair];
            _slots[pair] = slot;
        }
    }

    /// <summary>Pairs are sorted by expert, so a token's terms are met in ascending expert.</summary>
    private void NumberTerms(int count, LayerAssignments sorted)
    {
        _terms.AsSpan(0, count).Clear();
        Span<byte> terms = sorted.Terms;
        Span<int> tokens = sorted.Tokens;
        for (int slot = 0; slot < terms.Length; slot++)
        {
            terms[slot] = _terms[tokens[slot]]++;
        }
    }
}
