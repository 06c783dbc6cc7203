using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Autoscaler.Tests;

/// <summary>The bundled model's shape on a few devices that can come and go.</summary>
internal sealed class FakeBox : IPlanningBoxSource
{
    public static readonly LayerShape Shape = new(6, 16);

    public PlanningBox? Current { get; private set; }

    public static PlanningBox Of(int slots, params string[] devices) => new(
        "tiny-moe",
        Shape,
        TopK: 2,
        [.. devices.Select(name => new PlanningDevice(name, slots))],
        ExpertBytes: 221_184,
        new TimeModel(TimeShape.Roofline, 2e-6, 20e-6, 5e-6),
        SecondsPerTokenMoved: 1e-7,
        KeepAlive: TimeSpan.FromSeconds(10));

    public void Clear() => Current = null;

    public void Set(int slots, params string[] devices) => Current = Of(slots, devices);
}
