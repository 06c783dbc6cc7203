using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.ServiceDefaults.Tests;

public sealed class StartupStateTests
{
    [Fact]
    public void Elapsed_UntilReady_GrowsAndThenStands()
    {
        FakeTimeProvider clock = new();
        StartupState state = new(clock);
        Assert.Equal(("starting", false), (state.Phase, state.IsReady));

        clock.Advance(TimeSpan.FromSeconds(2));
        state.Enter("loading the model");
        Assert.Equal(("loading the model", TimeSpan.FromSeconds(2)), (state.Phase, state.Elapsed));

        clock.Advance(TimeSpan.FromSeconds(3));
        state.Ready();
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(("ready", true, TimeSpan.FromSeconds(5)), (state.Phase, state.IsReady, state.Elapsed));

        state.Stopping();
        Assert.Equal((false, true, TimeSpan.FromSeconds(5)), (state.IsReady, state.IsStopping, state.Elapsed));
    }

    [Fact]
    public void Ready_AfterStopping_StaysStopping()
    {
        StartupState state = new(new FakeTimeProvider());
        state.Stopping();
        state.Ready();
        Assert.Equal(("stopping", false, true), (state.Phase, state.IsReady, state.IsStopping));
    }
}
