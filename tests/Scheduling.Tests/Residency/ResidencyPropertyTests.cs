using CsCheck;

namespace DaprMoE.Scheduling.Tests;

public sealed class ResidencyPropertyTests
{
    [Fact]
    public void Residency_RandomEvents_KeepEveryRule()
    {
        Gen.Select(ResidencyGenerators.Settings, ResidencyGenerators.Steps(most: 300)).Sample(
            (settings, steps) => new ResidencyPlayer(settings).Play(steps), iter: 800);
    }

    [Fact]
    public void Residency_LongRandomRuns_KeepEveryRule()
    {
        Gen.Select(ResidencyGenerators.Settings, ResidencyGenerators.Steps(most: 5_000)).Sample(
            (settings, steps) => new ResidencyPlayer(settings).Play(steps), iter: 10);
    }

    [Fact]
    public void Residency_SameEvents_GiveTheSameEffects()
    {
        Gen.Select(ResidencyGenerators.Settings, ResidencyGenerators.Steps(most: 200)).Sample(
            (settings, steps) =>
            {
                ResidencyPlayer first = new(settings);
                ResidencyPlayer second = new(settings);
                first.Play(steps);
                second.Play(steps);
                Assert.Equal(first.Log, second.Log);
            },
            iter: 150);
    }

    [Fact]
    public void Residency_TimePastAllDeadlines_EndsEveryWait()
    {
        Gen.Select(ResidencyGenerators.Settings, ResidencyGenerators.Steps(most: 200)).Sample(
            (settings, steps) =>
            {
                ResidencyPlayer player = new(settings);
                player.Play(steps);
                player.Apply(ResidencyEvent.Tick(), player.NowUs + 1_000);
                Assert.Empty(player.Referee.Waiting);
                Assert.Equal(0, player.State.WaitingCalls);
            },
            iter: 250);
    }

    [Fact]
    public void Residency_LoadsEndAndCallsGiveBack_EveryWaitEndsLongBeforeItsDeadline()
    {
        Gen.Select(ResidencyGenerators.Settings, ResidencyGenerators.Steps(most: 200)).Sample(
            (settings, steps) =>
            {
                ResidencyPlayer player = new(settings) { MostWaitUs = 1_000_000_000_000 };
                player.Play(steps);
                for (int round = 0; player.State.WaitingCalls > 0; round++)
                {
                    Assert.True(round < 20, $"{player.State.WaitingCalls} calls wait for nothing that is under way");
                    LetWorkEnd(player);
                }

                Assert.Empty(player.Referee.Waiting);
            },
            iter: 250);
    }

    [Fact]
    public void Residency_AllCallsEndedAndScaledToZero_HoldsNothing()
    {
        Gen.Select(ResidencyGenerators.Settings, ResidencyGenerators.Steps(most: 200)).Sample(
            (settings, steps) =>
            {
                ResidencyPlayer player = new(settings);
                player.Play(steps);
                Settle(player);
                player.Apply(ResidencyEvent.ScaleToZero());
                Assert.Equal((0, 0), (player.State.ResidentBytes, player.State.ReservedBytes));
            },
            iter: 250);
    }

    [Fact]
    public void Residency_NextTick_IsWhenATickDoesSomething()
    {
        Gen.Select(ResidencyGenerators.Settings, ResidencyGenerators.Steps(most: 200)).Sample(
            (settings, steps) =>
            {
                ResidencyPlayer player = new(settings);
                player.Play(steps);
                player.Apply(ResidencyEvent.Tick());
                player.Log.Clear();
                player.Apply(ResidencyEvent.Tick(), (player.State.NextTickUs() ?? 1_000_000) - 1);
                Assert.Empty(player.Log);
                if (player.State.NextTickUs() is { } next)
                {
                    player.Apply(ResidencyEvent.Tick(), next);
                    Assert.NotEmpty(player.Log);
                }
            },
            iter: 250);
    }

    private static void Settle(ResidencyPlayer player)
    {
        player.Apply(ResidencyEvent.Plan(long.MaxValue, Array.Empty<ReplicaId>(), 0));
        player.Apply(ResidencyEvent.Tick(), player.NowUs + 1_000);
        LetWorkEnd(player);
        foreach (ReplicaStatus item in player.State.Replicas())
        {
            player.Apply(ResidencyEvent.Unpin(item.Replica));
        }
    }

    private static void LetWorkEnd(ResidencyPlayer player)
    {
        foreach (long call in player.Referee.Running.Keys.ToArray())
        {
            player.Apply(ResidencyEvent.Release(call));
        }

        foreach ((ReplicaId replica, long load) in player.Referee.Memory.Loads.ToArray())
        {
            player.Apply(ResidencyEvent.Loaded(load, replica));
        }
    }
}
