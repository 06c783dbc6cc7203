using DaprMoE.Models;

namespace DaprMoE.Experts;

/// <summary>How much memory the devices of a host get.</summary>
internal sealed class DeviceMemoryPlan(ModelDescription model, IExpertBackendFactory backends)
{
    private const double RoomForCopies = 1.5;

    /// <summary>Experts of each layer; 0 for a dense one.</summary>
    public IReadOnlyList<int> ExpertsPerLayer { get; } =
        [.. model.Layers.Select(layer => layer is MoeFeedForward moe ? moe.Experts : 0)];

    /// <summary>Bytes of one copy of each expert.</summary>
    public long AllExpertBytes => ExpertsPerLayer.Select((experts, layer) => experts * backends.ExpertBytes(layer)).Sum();

    /// <summary>Bytes of each device; null for one over the map.</summary>
    public long? BudgetPerDevice(ExpertHostOptions options)
    {
        if (options.DeviceMemoryBytes is { } bytes)
        {
            return bytes;
        }

        return options.Devices > 1 ? Math.Max(LargestExpertBytes, (long)(RoomForCopies * AllExpertBytes / options.Devices))
            : backends.CanMap ? null
            : AllExpertBytes;
    }

    /// <summary>Refuses a device that could not hold one expert, before memory is reserved for it.</summary>
    public static void RequireFits(DeviceSettings device, IExpertBackendFactory backends)
    {
        if (device.BudgetBytes is not null)
        {
            _ = ArenaSettings.Of(device, backends.ExpertBytes);
        }
    }

    private long LargestExpertBytes => ExpertsPerLayer.Select((_, layer) => backends.ExpertBytes(layer)).DefaultIfEmpty(0).Max();
}
