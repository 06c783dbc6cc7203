using static DaprMoE.Scheduling.Tests.ResidencyStory;

namespace DaprMoE.Scheduling.Tests;

public sealed class ResidencyCostTests
{
    [Fact]
    public void Residency_SteadyStateUnderPressure_AllocatesNothing()
    {
        ResidencyState state = new ResidencyStory(slots: 6).State;
        ResidencyEffects effects = new();
        ReplicaId[][] layers = [.. Enumerable.Range(0, 3).Select(layer => Enumerable.Range(0, 4).Select(e => Replica(layer, e)).ToArray())];
        long now = 0;
        int loads = 0;
        for (int round = 0; round < 3; round++)
        {
            loads = Iterate(state, effects, layers, ref now);
        }

        Assert.True(loads > 0, "nothing was loaded: there is no pressure");
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 100; round++)
        {
            Iterate(state, effects, layers, ref now);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Residency_LayersWalkedOverTooFewSlots_KeepsSomeOfThem()
    {
        ResidencyState state = new ResidencyStory(slots: 8).State;
        ResidencyEffects effects = new();
        ReplicaId[][] layers = [.. Enumerable.Range(0, 3).Select(layer => Enumerable.Range(0, 4).Select(e => Replica(layer, e)).ToArray())];
        long now = 0;
        int loads = 0;
        for (int round = 0; round < 10; round++)
        {
            loads = Iterate(state, effects, layers, ref now);
        }

        // The least recently used one going first would load all 12 in every iteration; 4 of 12 do not fit.
        Assert.InRange(loads, 4, 6);
    }

    private static int Iterate(ResidencyState state, ResidencyEffects effects, ReplicaId[][] layers, ref long now)
    {
        int loads = 0;
        foreach (ReplicaId[] layer in layers)
        {
            effects.Clear();
            ResidencyRules.Apply(state, ResidencyEvent.Want(1, layer, now + 500), ++now, effects);
            for (int index = 0; index < effects.Commands.Length; index++)
            {
                ResidencyEffect command = effects.Commands[index];
                if (command.Kind == ResidencyEffectKind.StartLoad)
                {
                    loads++;
                    ResidencyRules.Apply(state, ResidencyEvent.Loaded(command.Id, command.Replica), ++now, effects);
                }
            }

            ResidencyRules.Apply(state, ResidencyEvent.Release(1), ++now, effects);
        }

        return loads;
    }
}
