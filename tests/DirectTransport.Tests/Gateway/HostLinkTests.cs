using DaprMoE.Ports;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.DirectTransport.Tests;

public sealed class HostLinkTests
{
    private static readonly TimeSpan LongTime = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Call_FitsNoFrame_IsRefusedWhenItIsWaitedFor()
    {
        await using HostApp host = await HostApp.StartAsync(new FakeDevice());
        await using ExpertHosts hosts = await host.ConnectAsync();
        LayerCall large = new(id: 1, LongTime);
        large.Call.Assignments.InputRows = Model.Limits.MaxRows + 1;
        hosts.Transport.Start(large.Call);
        Assert.Equal(CallOutcome.Refused, hosts.Transport.Wait(large.Call));

        LayerCall next = new(id: 2, LongTime);
        hosts.Transport.Start(next.Call);
        Assert.Equal(CallOutcome.Done, hosts.Transport.Wait(next.Call));
    }

    [Fact]
    public void RepeatedWarning_IsSaidOnceASecond_WithHowOftenItWasNot()
    {
        FakeTimeProvider clock = new();
        RepeatedWarning warning = new(clock);
        Assert.True(warning.MaySay(out long unsaid) && unsaid == 0);
        clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(warning.MaySay(out _));
        Assert.False(warning.MaySay(out _));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(warning.MaySay(out unsaid));
        Assert.Equal(2, unsaid);
    }
}
