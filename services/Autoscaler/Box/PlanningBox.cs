using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Autoscaler;

/// <summary>What plans are made for: the model and the devices that are alive.</summary>
/// <param name="Model">The served model, as its windows of load name it.</param>
/// <param name="Shape">Its MoE layers and experts.</param>
/// <param name="TopK">Experts of a token.</param>
/// <param name="Devices">The devices, at least one.</param>
/// <param name="ExpertBytes">Memory of one replica, bytes.</param>
/// <param name="Time">Time of a replica.</param>
/// <param name="SecondsPerTokenMoved">Time to move one token to or from a device, s.</param>
/// <param name="KeepAlive">Longest idle time of a replica that no plan holds.</param>
public sealed record PlanningBox(
    string Model,
    LayerShape Shape,
    int TopK,
    IReadOnlyList<PlanningDevice> Devices,
    long ExpertBytes,
    TimeModel Time,
    double SecondsPerTokenMoved,
    TimeSpan KeepAlive)
{
    /// <summary>The devices' names.</summary>
    public IReadOnlyList<string> DeviceNames => [.. Devices.Select(device => device.Name)];

    internal PolicySetup Setup => new(Shape.Layers, Shape.Experts, TopK, Devices.Count, ExpertBytes, Time, SecondsPerTokenMoved);
}
