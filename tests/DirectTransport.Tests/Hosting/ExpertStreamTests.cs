using DaprMoE.Experts;
using DaprMoE.Ports;
using DaprMoE.Scheduling;
using Grpc.Core;
using Grpc.Net.Client;

namespace DaprMoE.DirectTransport.Tests;

/// <summary>Both ends over a real connection, with a device of the test's.</summary>
public sealed class ExpertStreamTests
{
    private static readonly TimeSpan LongTime = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Call_BothTermsOnTheDevice_ComesBackSummed()
    {
        await using HostApp host = await HostApp.StartAsync(new FakeDevice());
        await using ExpertHosts hosts = await host.ConnectAsync();
        LayerCall layer = new(id: 1, LongTime);

        Assert.Equal(CallOutcome.Done, Run(hosts, layer));
        Assert.Equal([2, 2, LayerAssignments.InAnother, LayerAssignments.InAnother], layer.Call.Assignments.Covered.ToArray());
        // 0.5 (x + 0) + 0.5 (x + 2) for the experts 0 and 2.
        Assert.Equal([1f, 2f, 3f, 4f], layer.Output(0));
        Assert.Equal([5f, 6f, 7f, 8f], layer.Output(1));
        Assert.Equal(7, layer.Call.Figures.ComputeUs);
    }

    [Fact]
    public async Task Call_DeviceRefuses_SaysSo()
    {
        FakeDevice device = new() { Outcome = new ExpertOutcome(ExpertOutcomeKind.Refused, RefusalReason.NoRoom, 300, 200) };
        await using HostApp host = await HostApp.StartAsync(device);
        await using ExpertHosts hosts = await host.ConnectAsync();
        Assert.Equal(CallOutcome.Refused, Run(hosts, new LayerCall(id: 1, LongTime)));
    }

    [Fact]
    public async Task Call_DeviceThrows_IsRefused_AndTheHostLivesOn()
    {
        FakeDevice device = new() { Before = () => throw new InvalidOperationException("broken") };
        await using HostApp host = await HostApp.StartAsync(device);
        await using ExpertHosts hosts = await host.ConnectAsync();
        Assert.Equal(CallOutcome.Refused, Run(hosts, new LayerCall(id: 1, LongTime)));
        device.Before = () => { };
        Assert.Equal(CallOutcome.Done, Run(hosts, new LayerCall(id: 2, LongTime)));
    }

    [Fact]
    public async Task Call_AnsweredTooLate_TimesOut_AndTheLateAnswerIsDropped()
    {
        using ManualResetEventSlim go = new(initialState: false);
        FakeDevice device = new() { Before = () => go.Wait(LongTime) };
        await using HostApp host = await HostApp.StartAsync(device);
        await using ExpertHosts hosts = await host.ConnectAsync();
        LayerCall late = new(id: 1, TimeSpan.FromMilliseconds(50));
        Assert.Equal(CallOutcome.TimedOut, Run(hosts, late));
        go.Set();
        LayerCall next = new(id: 2, LongTime);
        Assert.Equal(CallOutcome.Done, Run(hosts, next));
        Assert.Equal(1, hosts.Hosts[0].LateAnswers);
        Assert.Equal([0f, 0f, 0f, 0f], late.Output(0));
        Assert.Equal([1f, 2f, 3f, 4f], next.Output(0));
    }

    [Fact]
    public async Task Control_CallerHasLeft_IsTheCancellationThatAllKnow()
    {
        await using HostApp host = await HostApp.StartAsync(new FakeDevice());
        await using ExpertHosts hosts = await host.ConnectAsync();
        CancellationToken left = new(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hosts.Control.StateAsync(left));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => hosts.Control.WarmAsync(0, [new ReplicaId(new ExpertId(0, 0), 0)], left));
    }

    [Fact]
    public async Task Secret_Wrong_IsRefusedWithTheRemedy()
    {
        await using HostApp host = await HostApp.StartAsync(new FakeDevice(), secret: "right and long enough");
        ExpertHostsException refused = await Assert.ThrowsAsync<ExpertHostsException>(() => host.ConnectAsync("wrong"));
        Assert.Contains("The shared secret is missing or wrong.", refused.Message, StringComparison.Ordinal);
        await using ExpertHosts hosts = await host.ConnectAsync("right and long enough");
        Assert.Equal(CallOutcome.Done, Run(hosts, new LayerCall(id: 1, LongTime)));
    }

    [Fact]
    public async Task BadFrames_AreAnsweredByName_ThenEndTheStream_NotTheHost()
    {
        await using HostApp host = await HostApp.StartAsync(new FakeDevice());
        using GrpcChannel channel = GrpcChannel.ForAddress(host.Address);
        using AsyncDuplexStreamingCall<FrameBuffer, FrameBuffer> exchange = channel.CreateCallInvoker().AsyncDuplexStreamingCall(
            DataStreamMethod.Instance, null, new CallOptions(cancellationToken: TestContext.Current.CancellationToken));
        for (int i = 0; i < 8; i++)
        {
            FrameBuffer frame = FrameBuffer.Rent(100);
            frame.Span.Fill((byte)i);
            await exchange.RequestStream.WriteAsync(frame, TestContext.Current.CancellationToken);
            Assert.True(await exchange.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
            Assert.StartsWith("The frame's magic number is", MessageOf(exchange.ResponseStream.Current), StringComparison.Ordinal);
        }

        RpcException end = await Assert.ThrowsAsync<RpcException>(() => exchange.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal(StatusCode.InvalidArgument, end.StatusCode);

        await using ExpertHosts hosts = await host.ConnectAsync();
        Assert.Equal(CallOutcome.Done, Run(hosts, new LayerCall(id: 1, LongTime)));
    }

    [Fact]
    public async Task Control_ReachesTheDevice_AndRefusalsComeBack()
    {
        FakeDevice device = new();
        await using HostApp host = await HostApp.StartAsync(device);
        await using ExpertHosts hosts = await host.ConnectAsync();
        CancellationToken stop = TestContext.Current.CancellationToken;
        ReplicaId first = new(new ExpertId(1, 3), 0);
        ReplicaId second = first with { Index = 1 };

        Assert.Equal(["Device host-0-0 refuses L1.E3.R1: no-room (300 bytes needed, 200 to be had)."], await hosts.Control.WarmAsync(0, [first, second], stop));
        Assert.Empty(await hosts.Control.CancelAsync(0, [first], stop));
        Assert.Empty(await hosts.Control.PlanAsync(0, 7, [first], Timeout.InfiniteTimeSpan, [second, first], stop));
        Assert.Equal(["Device host-0-0 refuses plan 6, since it follows 6: stale-plan."], await hosts.Control.PlanAsync(0, 6, [], TimeSpan.FromSeconds(2), [], stop));
        Assert.Empty(await hosts.Control.DrainAsync(0, [first], stop));
        Assert.Empty(await hosts.Control.EvictAsync(0, stop));
        Assert.Contains("The request's expert is 4; allowed: 0 to 3.", Assert.Single(await hosts.Control.WarmAsync(0, [new ReplicaId(new ExpertId(1, 4), 0)], stop)), StringComparison.Ordinal);
        Assert.Equal(
            ["warm L1.E3.R0", "warm L1.E3.R1", "cancel L1.E3.R0", "plan 7 1 -00:00:00.0010000 2", "plan 6 0 00:00:02 0", "drain L1.E3.R0", "evict"],
            device.Asked);

        DeviceSnapshot state = Assert.Single(await hosts.Control.StateAsync(stop));
        Assert.Equal(("host-0-0", true, 1000L, 100L, 200L), (state.Name, state.IsAlive, state.BudgetBytes, state.ResidentBytes, state.ReservedBytes));
        Assert.Equal(new ReplicaSnapshot(first, ReplicaState.Busy, 100, 2, IsPinned: true, IsPlanned: false, TimeSpan.Zero), Assert.Single(state.Replicas));
    }

    private static CallOutcome Run(ExpertHosts hosts, LayerCall layer)
    {
        hosts.Transport.Start(layer.Call);
        return hosts.Transport.Wait(layer.Call);
    }

    private static string MessageOf(FrameBuffer frame)
    {
        AnswerFrame answer = AnswerFrame.Read(frame.Span, Model.Limits);
        Assert.Equal(CallOutcome.Refused, answer.Fields.Outcome);
        return answer.Message;
    }
}
