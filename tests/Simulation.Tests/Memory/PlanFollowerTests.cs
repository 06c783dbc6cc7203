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

    [Fact]
    public void Tick_WithoutKeepAlive_LeavesWhatIsReplacedUntilItsSuccessorIsWarm()
    {
        Cell cell = new(Cells.Of("mixtral-8x7b", "64") with { Layers = 1, CopiesTakeTime = true, KeepAlive = TimeSpan.Zero });
        ReplicaMemory memory = new(cell, "static");
        PlanFollower follower = new(cell, memory) { FreesAtOnce = false };
        follower.Hold(_ => StaticHomes.Of(cell), now: 0);
        (memory.CopiesTakeTime, follower.FreesAtOnce) = (true, true);

        LayerPlan moved = Moved(cell, expert: 5, device: 6);
        follower.Hold(_ => moved, now: 0);
        memory.Tick(0.001);
        Assert.Equal([(5, true), (6, false)], Replicas(memory, expert: 5));

        memory.AdvanceTo(1);
        memory.Tick(1);
        Assert.Equal([(5, true), (6, true)], Replicas(memory, expert: 5));
        follower.Follow(0, moved, now: 1);
        Assert.Equal([(6, true)], Replicas(memory, expert: 5));
    }

    private static (int Device, bool IsWarm)[] Replicas(ReplicaMemory memory, int expert) =>
        [.. memory.Of(0).Of(expert).Select(replica => (replica.Device, replica.IsWarm)).Order()];

    private static LayerPlan Moved(Cell cell, int expert, int device)
    {
        LayerPlan plan = new(cell.Shape.Experts, cell.Testbed.Devices);
        for (int e = 0; e < cell.Shape.Experts; e++)
        {
            plan.Add(e, index: 0, e == expert ? device : StaticHomes.Device(e, cell));
        }

        plan.Seal();
        return plan;
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
