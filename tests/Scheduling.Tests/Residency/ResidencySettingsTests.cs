namespace DaprMoE.Scheduling.Tests;

public sealed class ResidencySettingsTests
{
    private static readonly ResidencySettings Valid = new()
    {
        Device = 3,
        MemoryKind = "cpu",
        BudgetBytes = 10_000,
        Layers = [new LayerExperts(2, 4096), new LayerExperts(0, 0), new LayerExperts(3, 1), new LayerExperts(1, 4097)],
        KeepAliveUs = 0,
        WarmUpBytesInFlight = 0,
    };

    [Fact]
    public void State_LayersOfSeveralSizes_HasOneSlotSizePerAlignedSize()
    {
        ResidencyState state = new(Valid);
        Assert.Equal([4096, 8192], state.SlotSizes);
        Assert.Equal([2, 0, 2, 1], Enumerable.Range(0, 4).Select(state.SlotsFor));
    }

    [Fact]
    public void State_AllPinned_HasTheLayersPinnedSlots()
    {
        ResidencyState state = new(Valid with { WarmUpBytesInFlight = 10_000 });
        ResidencyEffects effects = new();
        foreach (int expert in (int[])[0, 1])
        {
            ReplicaId replica = ResidencyStory.Replica(0, expert);
            ResidencyRules.Apply(state, ResidencyEvent.PreWarm(1, replica), 0, effects);
            ResidencyRules.Apply(state, ResidencyEvent.Pin(replica), 0, effects);
        }

        Assert.Equal([2, 0, 0, 0], Enumerable.Range(0, 4).Select(state.SlotsFor));
    }

    [Fact]
    public void State_SlotsOfAnotherSizeKept_GiveTheirPages()
    {
        ResidencyState state = new(Valid);
        ResidencyEffects effects = new();
        ReplicaId[] small = [ResidencyStory.Replica(0, 0), ResidencyStory.Replica(2, 0)];
        ResidencyRules.Apply(state, ResidencyEvent.Want(1, small, 9), 0, effects);
        foreach (ResidencyEffect load in effects.Commands.ToArray())
        {
            ResidencyRules.Apply(state, ResidencyEvent.Loaded(load.Id, load.Replica), 0, effects);
        }

        ResidencyRules.Apply(state, ResidencyEvent.Release(1), 0, effects);
        effects.Clear();
        ResidencyRules.Apply(state, ResidencyEvent.Want(2, new[] { ResidencyStory.Replica(3, 0) }, 9), 0, effects);
        Assert.Equal(
            [
                ResidencyEffectKind.Free, ResidencyEffectKind.Free,
                ResidencyEffectKind.ReturnSlot, ResidencyEffectKind.ReturnSlot, ResidencyEffectKind.StartLoad,
            ],
            effects.Commands.ToArray().Select(command => command.Kind));
        Assert.Equal((8192, 8192), (state.ResidentBytes, state.ReservedBytes));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(2, 0)]
    public void NextTick_SlotsOfTwoSizesKept_IsWhenTheLongestFreeOneEnds(int firstLayer, int secondLayer)
    {
        ResidencyState state = new(Valid with
        {
            Layers = [new LayerExperts(1, 1), new LayerExperts(0, 0), new LayerExperts(1, 4097)],
            BudgetBytes = 20_000,
            KeepAliveUs = 100,
        });
        ResidencyEffects effects = new();
        Assert.Null(state.NextTickUs());
        foreach ((int layer, int timeUs) in ((int, int)[])[(firstLayer, 10), (secondLayer, 20)])
        {
            ReplicaId replica = ResidencyStory.Replica(layer, 0);
            ResidencyRules.Apply(state, ResidencyEvent.PreWarm(1, replica), timeUs, effects);
            ResidencyRules.Apply(state, ResidencyEvent.Cancel(1, replica), timeUs, effects);
        }

        Assert.Equal(110, state.NextTickUs());
        ResidencyRules.Apply(state, ResidencyEvent.Tick(), 110, effects);
        Assert.Equal(120, state.NextTickUs());
    }

    [Fact]
    public void Replicas_LoadedInAnyOrder_StandByName()
    {
        ResidencyStory story = new(slots: 4);
        ReplicaId[] named =
        [
            ResidencyStory.Replica(0, 1), ResidencyStory.Replica(1, 0), ResidencyStory.Replica(1, 0, copy: 1), ResidencyStory.Replica(2, 3),
        ];
        story.Warm(named[2], named[0], named[3], named[1]);
        Assert.Equal(named, story.State.Replicas().Select(item => item.Replica));
    }

    [Fact]
    public void State_BadSettings_AreRefusedByName()
    {
        AssertRefused("BudgetBytes", Valid with { BudgetBytes = -1 });
        AssertRefused("KeepAliveUs", Valid with { KeepAliveUs = -1 });
        AssertRefused("WarmUpBytesInFlight", Valid with { WarmUpBytesInFlight = -1 });
        AssertRefused("MaxWaitingCalls", Valid with { MaxWaitingCalls = 0 });
        AssertRefused("PageBytes", Valid with { PageBytes = 0 });
        AssertRefused("MemoryKind", Valid with { MemoryKind = "" });
        AssertRefused("Layer 1 has -1 experts", Valid with { Layers = [new LayerExperts(0, 0), new LayerExperts(-1, 5)] });
        AssertRefused("Layer 0 has 1 experts of 0 bytes", Valid with { Layers = [new LayerExperts(1, 0)] });
    }

    [Fact]
    public void Names_StatesAndReasons_AreKebab()
    {
        Assert.Equal(["absent", "loading", "warm", "busy", "draining"], Enum.GetValues<ReplicaState>().Select(ResidencyNames.Name));
        Assert.Equal(
            [
                "demand", "pre-warm", "plan", "loaded", "acquired", "released", "pressure", "keep-alive", "drain", "cancelled",
                "load-failed", "scale-to-zero", "device-lost",
            ],
            Enum.GetValues<ResidencyReason>().Select(ResidencyNames.Name));
        Assert.Equal(
            [
                "none", "over-budget", "no-room", "load-bandwidth", "queue-full", "deadline", "load-failed", "device-lost",
                "unknown-expert", "not-resident", "draining", "pinned", "withdrawn", "stale-plan",
            ],
            Enum.GetValues<RefusalReason>().Select(ResidencyNames.Name));
    }

    private static void AssertRefused(string text, ResidencySettings settings) => Assert.Contains(
        text, Assert.ThrowsAny<ArgumentException>(() => new ResidencyState(settings)).Message, StringComparison.Ordinal);
}
