namespace DaprMoE.Scheduling;

/// <summary>The fixed placement needs no memory; what is here tells observers about it.</summary>
internal sealed class StaticState(in PolicySetup setup) : PolicyState(setup)
{
    private readonly LayerDiff _diff = new();

    public PlanReason Plan(in PolicyInput input, LayerPlan plan)
    {
        StaticPlacement.Fill(Setup.Experts, Setup.Devices, plan);
        _diff.Compute(input.Previous, plan);
        int missing = 0;
        for (int d = 0; d < Setup.Devices; d++)
        {
            missing += Math.Max(0, plan.CountOn(d) - input.Slots[d]);
        }

        PlanReason reason = missing > 0 ? PlanReason.NoRoom : PlanReason.Static;
        Trace = new PolicyTrace(reason, 0, 0, 0, 0, Total(input.Slots), 0, 0, _diff.Cold.Length, missing);
        return reason;
    }
}
