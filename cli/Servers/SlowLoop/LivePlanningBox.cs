using DaprMoE.Autoscaler;
using DaprMoE.Gateway;
using DaprMoE.Scheduling;

namespace DaprMoE.Cli;

/// <summary>The box of the served model: the devices that are alive, with the room that they have.</summary>
internal sealed class LivePlanningBox(IServedModelSource models) : IPlanningBoxSource
{
    /// <summary>Bandwidth at which experts come from the packed file in the page cache: half of what one thread copies.</summary>
    private const double LoadBytesPerSecond = 1L << 30;

    private readonly Lock _gate = new();
    private PlanningBox? _current;

    public PlanningBox? Current
    {
        get
        {
            if (models.Current is not { Layout: { } layout } model)
            {
                return null;
            }

            PlanningDevice[] devices = [.. model.Experts.Devices().Where(device => device.Alive).Select(device => Device(device, layout))];
            lock (_gate)
            {
                // The same object as long as nothing changed: a new one begins planning anew.
                if (devices.Length == 0 || _current?.Devices.SequenceEqual(devices) != true)
                {
                    _current = devices.Length == 0 ? null : Box(layout, devices);
                }

                return _current;
            }
        }
    }

    private static PlanningDevice Device(DeviceInventory device, ExpertLayout layout) =>
        new(device.Name, (int)Math.Min(layout.Shape.Count, (device.BudgetBytes ?? long.MaxValue) / layout.ExpertBytes));

    private static PlanningBox Box(ExpertLayout layout, IReadOnlyList<PlanningDevice> devices) => new(
        layout.Model,
        layout.Shape,
        layout.TopK,
        devices,
        layout.ExpertBytes,
        layout.Time,
        layout.SecondsPerTokenMoved,
        KeepAlive(devices.Sum(device => (double)device.Slots) * layout.ExpertBytes));

    /// <summary>As long as it takes to load all that the devices hold: what is not used meanwhile costs more to keep than to load again.</summary>
    private static TimeSpan KeepAlive(double bytes) => TimeSpan.FromSeconds(Math.Clamp(
        bytes / LoadBytesPerSecond, PolicyDefaults.ShortestKeepAlive.TotalSeconds, PolicyDefaults.LongestKeepAlive.TotalSeconds));
}
