using DaprMoE.Scheduling;

namespace DaprMoE.Ports;

/// <summary>One layer of a plan.</summary>
/// <param name="Reason">Why it is what it is; a name of <see cref="PlanReasonNames"/>.</param>
/// <param name="Replicas">Expert, index and device of each replica, one after the other, by expert and index.</param>
public sealed record PlanLayer(string Reason, IReadOnlyList<int> Replicas)
{
    /// <summary>Numbers of one replica: expert, index, device.</summary>
    public const int Numbers = 3;

    /// <summary>From the plan of a policy.</summary>
    public static PlanLayer From(LayerPlan plan, PlanReason reason)
    {
        ArgumentNullException.ThrowIfNull(plan);
        List<int> replicas = new(plan.Count * Numbers);
        foreach (PlannedReplica replica in plan.Replicas)
        {
            replicas.AddRange([replica.Expert, replica.Index, replica.Device]);
        }

        return new PlanLayer(reason.Name(), replicas);
    }

    /// <summary>As a plan that policies and routing work with.</summary>
    /// <param name="experts">Experts of the layer.</param>
    /// <param name="devices">Devices of the plan.</param>
    public LayerPlan ToLayerPlan(int experts, int devices)
    {
        LayerPlan plan = new(experts, devices);
        plan.Reset(experts, devices);
        for (int i = 0; i < Replicas.Count; i += Numbers)
        {
            plan.Add(Replicas[i], Replicas[i + 1], Replicas[i + 2]);
        }

        plan.Seal();
        return plan;
    }
}
