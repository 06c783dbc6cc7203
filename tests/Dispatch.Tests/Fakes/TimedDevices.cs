using DaprMoE.Ports;
using DaprMoE.Scheduling;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.Dispatch.Tests;

/// <summary>Devices whose calls take the time of a model, and more the first time that an expert is called.</summary>
internal sealed class TimedDevices(TimeModel model, FakeTimeProvider clock) : IExpertTransport
{
    private static readonly TimeSpan LoadTime = TimeSpan.FromMilliseconds(5);

    private readonly HashSet<int> _loaded = [];

    public string Name => "timed";

    /// <summary>Whether devices say what a call cost them.</summary>
    public bool Reports { get; init; } = true;

    /// <summary>Something else that a call of several experts takes.</summary>
    public TimeSpan Disturbance { get; init; }

    public CallOutcome Outcome { get; init; } = CallOutcome.Done;

    public HashSet<(int Device, int Expert)> Called { get; } = [];

    public void Start(ExpertCall call)
    {
        foreach (ReplicaGroup group in call.Groups)
        {
            Called.Add((call.Device, group.Expert));
        }
    }

    public CallOutcome Wait(ExpertCall call)
    {
        double seconds = 0;
        int loads = 0;
        foreach (ReplicaGroup group in call.Groups)
        {
            seconds += model.Work(group.Count);
            loads += _loaded.Add(group.Expert) ? 1 : 0;
        }

        TimeSpan compute = TimeSpan.FromSeconds(seconds) + (call.Groups.Length > 1 ? Disturbance : TimeSpan.Zero);
        TimeSpan load = loads * LoadTime;
        clock.Advance(compute + load + TimeSpan.FromSeconds(model.CallConstant));
        call.Figures = Reports ? new CallFigures((long)compute.TotalMicroseconds, (long)load.TotalMicroseconds, loads) : default;
        return Outcome;
    }
}
