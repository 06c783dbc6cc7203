using DaprMoE.Ports;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Dispatch.Tests;

/// <summary>One layer of eight experts over some devices, of which a test lets some fail.</summary>
internal sealed class FailureStory : IDisposable
{
    public const int Experts = 8;

    private readonly WorkerPool _workers = new(1);
    private readonly MoeDispatcher _dispatcher;
    private readonly LayerCase _layer;

    public FailureStory(int devices, TimeSpan? refusalWait = null, CancellationToken abandoned = default)
    {
        Routes = new Routes(RoutingTable.Static([Experts], devices));
        _layer = new LayerCase(tokens: 12, topK: 3, Experts, seed: devices) { Abandoned = abandoned };
        DispatchOptions options = new()
        {
            Clock = Clock,
            Observer = Observer,
            ExpertWait = TimeSpan.FromSeconds(10),
            RefusalWait = refusalWait ?? Timeout.InfiniteTimeSpan,
        };
        _dispatcher = new MoeDispatcher(Devices, Routes, _workers, VectorWidths.Best, _layer.Limits, options);
    }

    public Routes Routes { get; }

    public FakeDevices Devices { get; } = new();

    public WaitingClock Clock { get; } = new();

    public LastLayer Observer { get; } = new();

    /// <summary>The devices called, in order.</summary>
    public IEnumerable<int> Called => Devices.Calls.Select(call => call[0] - '0');

    /// <summary>Says how the first call of a device ends, the second, …; calls that nothing is said of are done.</summary>
    public void Answer(params (int Device, CallOutcome Outcome)[] outcomes)
    {
        List<(int Device, CallOutcome Outcome)> left = [.. outcomes];
        Devices.Answer = call =>
        {
            int next = left.FindIndex(outcome => outcome.Device == call.Device);
            if (next < 0)
            {
                return CallOutcome.Done;
            }

            (_, CallOutcome outcome) = left[next];
            left.RemoveAt(next);
            return outcome;
        };
    }

    /// <summary>Puts a table in force where only these devices are alive.</summary>
    public void SetAlive(params int[] devices) =>
        Routes.Replace(RoutingTable.Static([Experts], Routes.Current.DeviceCount, devices));

    /// <summary>Runs the layer and checks its bits.</summary>
    public void AssertRuns() => LayerCase.AssertSameBits(_layer.Expected(), _layer.Run(_dispatcher));

    public Exception RunToFailure() => Record.Exception(() => _layer.Run(_dispatcher))!;

    public void Dispose()
    {
        Devices.AssertIdle();
        Assert.Empty(Clock.Waits);
        _dispatcher.Dispose();
        _workers.Dispose();
    }
}
