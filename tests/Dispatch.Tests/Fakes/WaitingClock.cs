using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.Dispatch.Tests;

/// <summary>A clock that stands still, and tells a test when somebody begins to wait on it.</summary>
internal sealed class WaitingClock : FakeTimeProvider
{
    /// <summary>What happens during the next wait, then during the one after it, …; a wait that nobody expects fails.</summary>
    public Queue<Action> Waits { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        Assert.True(Waits.TryDequeue(out Action? happens), "Nobody expects a wait here.");
        happens();
        return timer;
    }
}
