namespace DaprMoE.Scheduling;

/// <summary>Plain expert parallelism (Megatron-LM): expert e of E lives on device floor(e · D / E), once and for good.</summary>
public static class StaticPlacement
{
    /// <summary>The device of an expert.</summary>
    /// <param name="expert">Expert within the layer.</param>
    /// <param name="experts">Experts of the layer, at least 1.</param>
    /// <param name="devices">Devices, at least 1.</param>
    /// <exception cref="SchedulingException">No experts or no devices.</exception>
    public static int DeviceOf(int expert, int experts, int devices)
    {
        if (experts <= 0)
        {
            throw Check.Error(SchedulingError.NoExperts, $"A layer of {experts} experts; a placement needs at least 1.");
        }

        Check.Devices(devices);
        return (int)((long)expert * devices / experts);
    }

    /// <summary>One replica of each expert on its device.</summary>
    /// <param name="experts">Experts of the layer, at least 1.</param>
    /// <param name="devices">Devices, at least 1.</param>
    /// <param name="plan">Receives the plan, sealed.</param>
    /// <exception cref="SchedulingException">No experts or no devices.</exception>
    public static void Fill(int experts, int devices, LayerPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        DeviceOf(0, experts, devices);
        plan.Reset(experts, devices);
        for (int e = 0; e < experts; e++)
        {
            plan.Add(e, index: 0, DeviceOf(e, experts, devices));
        }

        plan.Seal();
    }
}
