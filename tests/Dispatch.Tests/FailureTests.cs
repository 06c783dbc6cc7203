using CsCheck;
using DaprMoE.Inference;
using DaprMoE.Ports;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Dispatch.Tests;

public sealed class FailureTests
{
    [Theory]
    [InlineData(CallOutcome.DeviceLost)]
    [InlineData(CallOutcome.TimedOut)]
    [InlineData(CallOutcome.Refused)]
    [InlineData(CallOutcome.Stale)]
    public void Forward_OneDeviceFails_ItsRowsAreComputedByTheOthersAlone(CallOutcome outcome)
    {
        using FailureStory story = new(devices: 3);
        story.Answer((1, outcome));
        story.AssertRuns();
        Assert.Equal([0, 1, 2], story.Called.Take(3));
        Assert.DoesNotContain(1, story.Called.Skip(3));
        Assert.Equal(story.Devices.Calls.Count - 3, story.Observer.Calls.Retries);
        Assert.True(story.Observer.Calls.Misses > 0);
    }

    [Fact]
    public void Forward_DeviceLostAndTakenFromTheTable_FollowsTheNewHomes()
    {
        using FailureStory story = new(devices: 2);
        story.Devices.Answer = call =>
        {
            if (call.Device == 0)
            {
                story.SetAlive(1);
                return CallOutcome.DeviceLost;
            }

            return CallOutcome.Done;
        };
        story.AssertRuns();
        Assert.Equal([0, 1, 1], story.Called);
        Assert.Equal(0, story.Observer.Calls.Misses);
    }

    [Fact]
    public void Forward_RetryFailsToo_GoesToTheDeviceThatIsLeft()
    {
        using FailureStory story = new(devices: 3);
        story.Answer((0, CallOutcome.DeviceLost), (1, CallOutcome.Done), (1, CallOutcome.TimedOut));
        story.AssertRuns();
        Assert.Equal([0, 1, 2, 1, 2], story.Called);
        Assert.Equal((5, 2), (story.Observer.Calls.Calls, story.Observer.Calls.Retries));
    }

    [Fact]
    public void Forward_NextLayer_CallsTheDeviceThatFailedAgain()
    {
        using FailureStory story = new(devices: 2);
        story.Answer((0, CallOutcome.TimedOut));
        story.AssertRuns();
        int calls = story.Devices.Calls.Count;
        story.AssertRuns();
        Assert.Equal([0, 1], story.Called.Skip(calls));
        Assert.Equal(0, story.Observer.Calls.Retries);
    }

    [Fact]
    public void Forward_OnlyDeviceIsSlow_IsCalledAgain()
    {
        using FailureStory story = new(devices: 1);
        story.Answer((0, CallOutcome.TimedOut), (0, CallOutcome.TimedOut));
        story.AssertRuns();
        Assert.Equal([0, 0, 0], story.Called);
    }

    [Fact]
    public void Forward_OnlyDeviceIsAlwaysSlow_FailsWhenTheWaitIsOver()
    {
        using FailureStory story = new(devices: 1);
        story.Devices.Answer = _ =>
        {
            story.Clock.Advance(TimeSpan.FromSeconds(4));
            return CallOutcome.TimedOut;
        };
        ExpertsUnavailableException error = Assert.IsType<ExpertsUnavailableException>(story.RunToFailure());
        Assert.Equal((1, 1, TimeSpan.FromSeconds(12)), (error.Devices, error.Alive, error.Waited));
        Assert.Equal(4, story.Devices.Calls.Count);
    }

    [Theory]
    [InlineData(CallOutcome.DeviceLost)]
    [InlineData(CallOutcome.Refused)]
    [InlineData(CallOutcome.Stale)]
    public void Forward_OnlyDeviceFails_WaitsForAnotherTable(CallOutcome outcome)
    {
        using FailureStory story = new(devices: 1);
        story.Answer((0, outcome));
        story.Clock.Waits.Enqueue(() => story.SetAlive(0));
        story.AssertRuns();
        Assert.Equal([0, 0], story.Called);
    }

    [Fact]
    public void Forward_OnlyDeviceRefusesForGood_FailsAfterTheShortWait()
    {
        TimeSpan wait = TimeSpan.FromSeconds(2);
        using FailureStory story = new(devices: 1, refusalWait: wait);
        story.Answer((0, CallOutcome.Refused));
        story.Clock.Waits.Enqueue(() => story.Clock.Advance(wait));
        ExpertsUnavailableException error = Assert.IsType<ExpertsUnavailableException>(story.RunToFailure());
        Assert.Equal((1, 1, wait), (error.Devices, error.Alive, error.Waited));
    }

    /// <summary>The device is back, as another incarnation, before the dispatcher looks.</summary>
    [Fact]
    public void Forward_OnlyDeviceLostAndBackAtOnce_DoesNotWait()
    {
        using FailureStory story = new(devices: 1);
        bool lost = false;
        story.Devices.Answer = _ =>
        {
            if (lost)
            {
                return CallOutcome.Done;
            }

            lost = true;
            story.SetAlive();
            story.SetAlive(0);
            return CallOutcome.DeviceLost;
        };
        story.AssertRuns();
    }

    [Fact]
    public void Forward_AllGoneAndOneBack_WaitsForIt()
    {
        using FailureStory story = new(devices: 2);
        story.SetAlive();
        story.Clock.Waits.Enqueue(() => story.SetAlive());
        story.Clock.Waits.Enqueue(() => story.SetAlive(1));
        story.AssertRuns();
        Assert.Equal([1], story.Called);
    }

    [Fact]
    public void Forward_AllGoneForGood_FailsAfterTheWaitAndNamesWhatItKnows()
    {
        using FailureStory story = new(devices: 2);
        story.Answer((0, CallOutcome.DeviceLost), (1, CallOutcome.DeviceLost));
        story.Clock.Waits.Enqueue(() =>
        {
            story.Clock.Advance(TimeSpan.FromSeconds(4));
            story.SetAlive();
        });
        story.Clock.Waits.Enqueue(() => story.Clock.Advance(TimeSpan.FromSeconds(6)));
        ExpertsUnavailableException error = Assert.IsType<ExpertsUnavailableException>(story.RunToFailure());
        Assert.Equal((2, 0, TimeSpan.FromSeconds(10)), (error.Devices, error.Alive, error.Waited));
        Assert.StartsWith(
            "The experts of layer 0 could not be reached for 10 s: of 2 devices 0 are alive (the last to fail was device 1: DeviceLost).",
            error.Message, StringComparison.Ordinal);

        // The dispatcher is as good as new.
        story.SetAlive(0, 1);
        story.AssertRuns();
    }

    [Fact]
    public void Forward_AllWhoWaitLeave_GivesUp()
    {
        using CancellationTokenSource left = new();
        using FailureStory story = new(devices: 1, abandoned: left.Token);
        story.SetAlive();
        story.Clock.Waits.Enqueue(left.Cancel);
        Assert.IsAssignableFrom<OperationCanceledException>(story.RunToFailure());
    }

    [Fact]
    public void Forward_TransportThrows_WaitsForTheOtherCallsFirst()
    {
        using FailureStory story = new(devices: 3);
        story.Devices.Answer = call => call.Device == 0 ? throw new InvalidDataException("broken") : CallOutcome.Done;
        Assert.Equal("broken", Assert.IsType<InvalidDataException>(story.RunToFailure()).Message);
        Assert.Equal(3, story.Devices.Calls.Count);
        story.Devices.AssertIdle();
    }

    [Fact]
    public void Forward_TransportThrowsAtTheStart_WaitsForWhatWasStarted()
    {
        using FailureStory story = new(devices: 3);
        story.Devices.OnStart = call =>
        {
            if (call.Device == 1)
            {
                throw new InvalidDataException("broken");
            }
        };
        Assert.Equal("broken", Assert.IsType<InvalidDataException>(story.RunToFailure()).Message);
        Assert.Equal([0], story.Called);
        story.Devices.AssertIdle();
    }

    [Fact]
    public void Forward_MoreDevicesThanAtTheStart_AreCalled()
    {
        using FailureStory story = new(devices: 1);
        story.Answer((0, CallOutcome.DeviceLost));
        story.Clock.Waits.Enqueue(() => story.Routes.Replace(RoutingTable.Static([FailureStory.Experts], devices: 5, alive: [3, 4])));
        story.AssertRuns();
        Assert.Equal([0, 3, 4], story.Called);
    }

    /// <summary>Whatever fails while one device works: the bits are the same, and each call and row is accounted for.</summary>
    [Fact]
    public void Forward_AnyFailures_HasTheBitsOfOneCombine() =>
        Gen.Select(Gen.Int[0, 3].Select(i => new[] { 2, 3, 4, 8 }[i]), Gen.Int[2, 5], Gen.Int[0, 10_000], Gen.Bool).Sample(
            (topK, devices, seed, preSums) =>
            {
                Random random = new(seed);
                LayerCase layer = new(tokens: 1 + (seed % 30), topK, experts: 12, seed);
                Routes routes = new(RoutingTables.Random(12, devices, seed));
                using WorkerPool workers = new(1);
                LastLayer observer = new();
                FakeDevices transport = new() { PreSums = preSums };
                transport.Answer = call => call.Device == 0 ? CallOutcome.Done : (CallOutcome)random.Next(5);
                using MoeDispatcher dispatcher = new(
                    transport, routes, workers, VectorWidths.Best, layer.Limits,
                    new DispatchOptions { Clock = new WaitingClock(), Observer = observer, SplitRule = SplitRules.Get("even") });
                LayerCase.AssertSameBits(layer.Expected(), layer.Run(dispatcher));
                transport.AssertIdle();
                Assert.Equal(transport.Calls.Count, observer.Calls.Calls);
                Assert.Equal(layer.Chosen.Length, observer.Devices.Sum(device => device.Rows));
            }, iter: 300);
}
