using System.Runtime.InteropServices;
using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>
/// The runs of a layer that no call has computed yet. Parts of an expert that failed on several devices are not neighbours, so they are
/// several runs; calls name a replica once, so each round takes one of them.
/// </summary>
internal sealed class OpenRuns
{
    private readonly List<ExpertRun> _open = [];
    private readonly List<ExpertRun> _round = [];

    public int Count => _open.Count;

    public void Clear() => _open.Clear();

    /// <summary>Takes back what a failed call was to compute.</summary>
    public void Add(ExpertCall failed)
    {
        foreach (ReplicaGroup group in failed.Groups)
        {
            _open.Add(new ExpertRun(group.Expert, group.First, group.Count));
            failed.Assignments.Covered.Slice(group.First, group.Count).Clear();
        }
    }

    public void Add(ReadOnlySpan<ExpertRun> runs) => _open.AddRange(runs);

    /// <summary>Takes the next round's runs: the first of each expert, experts ascending.</summary>
    public ReadOnlySpan<ExpertRun> TakeRound()
    {
        _open.Sort(static (a, b) => a.First.CompareTo(b.First));
        _round.Clear();
        int kept = 0;
        for (int i = 0; i < _open.Count; i++)
        {
            ExpertRun run = _open[i];
            if (_round.Count == 0 || _round[^1].Expert != run.Expert)
            {
                _round.Add(run);
            }
            else
            {
                _open[kept++] = run;
            }
        }

        _open.RemoveRange(kept, _open.Count - kept);
        return CollectionsMarshal.AsSpan(_round);
    }
}
