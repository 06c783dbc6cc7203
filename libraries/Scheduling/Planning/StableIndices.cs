namespace DaprMoE.Scheduling;

/// <summary>
/// Gives replicas that are chosen by expert and device their indices: one that is alive keeps its own, a new one takes the lowest that no
/// alive replica of the expert has. So what stays where it is counts as warm.
/// </summary>
internal sealed class StableIndices
{
    private int[] _wanted = [];

    /// <summary>Fills a plan.</summary>
    /// <param name="copies">Wanted replicas of expert e on device d, at [e · devices + d].</param>
    /// <param name="previous">The alive replicas, or null.</param>
    /// <param name="plan">Reset for the layer; receives the replicas, sealed.</param>
    public void Fill(ReadOnlySpan<int> copies, LayerPlan? previous, LayerPlan plan)
    {
        Grow.To(ref _wanted, plan.Devices);
        for (int e = 0; e < plan.Experts; e++)
        {
            Span<int> wanted = _wanted.AsSpan(0, plan.Devices);
            copies.Slice(e * plan.Devices, plan.Devices).CopyTo(wanted);
            ReadOnlySpan<PlannedReplica> alive = previous is not null && e < previous.Experts ? previous.ReplicasOf(e) : [];
            foreach (PlannedReplica replica in alive)
            {
                if (replica.Device < plan.Devices && wanted[replica.Device] > 0)
                {
                    wanted[replica.Device]--;
                    plan.Add(e, replica.Index, replica.Device);
                }
            }

            AddNew(e, wanted, alive, plan);
        }

        plan.Seal();
    }

    private static void AddNew(int expert, ReadOnlySpan<int> wanted, ReadOnlySpan<PlannedReplica> alive, LayerPlan plan)
    {
        int index = 0;
        int used = 0;
        for (int d = 0; d < wanted.Length; d++)
        {
            for (int copy = 0; copy < wanted[d]; copy++, index++)
            {
                for (; used < alive.Length && alive[used].Index == index; used++)
                {
                    index++;
                }

                plan.Add(expert, index, d);
            }
        }
    }
}
