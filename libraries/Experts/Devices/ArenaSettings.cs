using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>Makes the settings of a device's residency.</summary>
internal static class ArenaSettings
{
    /// <summary>Settings of a device whose backend holds experts of these sizes.</summary>
    /// <exception cref="ExpertTooLargeException">One expert is larger than the budget.</exception>
    public static ResidencySettings Of(DeviceSettings device, Func<int, long> expertBytes)
    {
        long budget = device.BudgetBytes ?? throw new ArgumentException($"Device {device.Name} has no budget.", nameof(device));
        LayerExperts[] layers =
            [.. device.ExpertsPerLayer.Select((experts, layer) => new LayerExperts(experts, experts == 0 ? 0 : expertBytes(layer)))];
        ResidencySettings settings = new()
        {
            Device = device.Number,
            MemoryKind = device.MemoryKind,
            BudgetBytes = budget,
            Layers = layers,
            KeepAliveUs = DeviceClock.Us(device.KeepAlive),
            WarmUpBytesInFlight = device.PreWarmBytesInFlight ?? 2 * layers.Max(layer => layer.ExpertBytes),
            Eviction = device.Eviction,
            PageBytes = SlotSizes.PageBytes,
        };
        RequireFits(device.Name, settings);
        return settings;
    }

    private static void RequireFits(string name, ResidencySettings settings)
    {
        long largest = new ResidencyState(settings).SlotSizes.DefaultIfEmpty(0).Max();
        if (largest > settings.BudgetBytes)
        {
            long most = settings.Layers.Max(layer => layer.ExpertBytes);
            int at = settings.Layers.ToList().FindIndex(layer => layer.ExpertBytes == most);
            throw new ExpertTooLargeException(name, at, largest, settings.BudgetBytes);
        }
    }
}
