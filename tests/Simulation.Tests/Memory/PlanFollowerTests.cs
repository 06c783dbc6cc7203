using DaprMoE.Scheduling;

namespace DaprMoE.Simulation.Tests;

public sealed class PlanFollowerTests
{
    [Fact]
    public void PreWarm_BesideAHeldLoadThatWaits_IsAnotherReplica()
    {
        SimulationSettings settings = Cells.Of("mixtral-8x7b", "64") with { Layers = 1, CopiesTakeTime = true };
        Cell cell = new(settings with { Testbed = settings.Testbed with { DeviceMemory = 96_000_000_000 } });
        ReplicaMemory memory = new(cell, "static");
        PlanFollower follower = new(cell, memory) { FreesAtOnce = false };
        follower.Hold(_ => StaticHomes.Of(cell), now: 0);
        memory.CopiesTakeTime = true;

        // The link of device 1 takes two copies at a time: the one of expert 5 waits.
        follower.Hold(_ => HomesAnd(cell, (2, 1), (3, 1), (4, 1), (5, 1)), now: 0);
        follower.Follow(0, HomesAnd(cell, (5, 6)), now: 0);
        memory.AdvanceTo(1000);

        Assert.Equal([1, 5, 6], memory.Of(0).Of(5).Select(replica => replica.Device).Order());
        Assert.Equal(3, memory.Of(0).Of(5).DistinctBy(replica => replica.Index).Count());
        Assert.All(memory.Of(0).Of(5), replica => Assert.True(replica.IsWarm));
    }

    private static LayerPlan HomesAnd(Cell cell, params (int Expert, int Device)[] copies)
    {
        LayerPlan plan = new(cell.Shape.Experts, cell.Testbed.Devices);
        for (int expert = 0; expert < cell.Shape.Experts; expert++)
        {
            plan.Add(expert, index: 0, StaticHomes.Device(expert, cell));
            foreach ((int copied, int device) in copies)
            {
                if (copied == expert)
                {
                    plan.Add(expert, index: 1, device);
                }
            }
        }

        plan.Seal();
        return plan;
    }
}
