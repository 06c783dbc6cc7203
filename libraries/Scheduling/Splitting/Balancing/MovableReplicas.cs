namespace DaprMoE.Scheduling;

/// <summary>The replicas whose tokens may go elsewhere: those of experts with tokens and more than one replica, listed by device.</summary>
internal sealed class MovableReplicas
{
    private int[] _first = [];
    private int[] _positions = [];

    /// <summary>Positions in the plan of the movable replicas on a device, ascending.</summary>
    public ReadOnlySpan<int> On(int device) => _positions.AsSpan(_first[device].._first[device + 1]);

    public void Build(ReadOnlySpan<int> tokens, LayerPlan plan)
    {
        Grow.To(ref _first, plan.Devices + 1);
        Grow.To(ref _positions, plan.Count);
        Span<int> first = _first.AsSpan(0, plan.Devices + 1);
        first.Clear();
        ReadOnlySpan<PlannedReplica> replicas = plan.Replicas;
        foreach (PlannedReplica replica in replicas)
        {
            first[replica.Device] += IsMovable(replica.Expert, tokens, plan) ? 1 : 0;
        }

        for (int d = 1; d < first.Length; d++)
        {
            first[d] += first[d - 1];
        }

        for (int i = replicas.Length - 1; i >= 0; i--)
        {
            if (IsMovable(replicas[i].Expert, tokens, plan))
            {
                _positions[--first[replicas[i].Device]] = i;
            }
        }
    }

    private static bool IsMovable(int expert, ReadOnlySpan<int> tokens, LayerPlan plan) => tokens[expert] > 0 && plan.CountOf(expert) > 1;
}
