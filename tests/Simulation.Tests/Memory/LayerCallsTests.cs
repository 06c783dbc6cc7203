using DaprMoE.Scheduling;

namespace DaprMoE.Simulation.Tests;

public sealed class LayerCallsTests
{
    [Fact]
    public void ColdStart_IsAnExpertThatItsLayerWaitsFor_HoweverItsLoadBegan()
    {
        Cell cell = OneDevice(slots: 8);
        ReplicaMemory memory = Deploy(cell, experts: 6);
        memory.CopiesTakeTime = true;
        LayerCalls calls = new(cell, memory);
        LayerPlan found = new(8, 1);
        int[] loads = [1, 1, 0, 0, 0, 0, 1, 1];

        // Expert 6 is on its way when it is called, nobody has asked for expert 7.
        memory.Apply(0, ResidencyEvent.PreWarm(1, new ReplicaId(new ExpertId(0, 6), 0)), now: 0);
        long before = memory.Loads;
        calls.Find(0, loads, StaticHomes.Of(cell), found);
        double ready = calls.Hold(0, found, loads, now: 0.001);

        Assert.Equal(2, calls.ColdStarts);
        Assert.Equal(1, memory.Loads - before);
        Assert.Equal(2 * cell.Timing.LoadSeconds, ready, 1e-9);
    }

    [Fact]
    public void Waves_KeepWhatIsWarmFromBeingLoadedAgain()
    {
        Cell cell = OneDevice(slots: 4);
        ReplicaMemory memory = Deploy(cell, experts: 4, first: 4);
        memory.CopiesTakeTime = true;
        LayerCalls calls = new(cell, memory);
        LayerPlan found = new(8, 1);
        int[] loads = [1, 1, 1, 1, 1, 1, 1, 1];

        long before = memory.Loads;
        calls.Find(0, loads, StaticHomes.Of(cell), found);
        double ready = calls.Hold(0, found, loads, now: 0);

        Assert.Equal(4, calls.ColdStarts);
        Assert.Equal(4, memory.Loads - before);
        Assert.Equal(4 * cell.Timing.LoadSeconds, ready, 1e-9);
    }

    private static Cell OneDevice(int slots)
    {
        SimulationSettings settings = Cells.Of("mixtral-8x7b", "8") with { Layers = 1, CopiesTakeTime = true };
        ModelShape shape = settings.Shape;
        double perLayer = (slots * (double)shape.ExpertBytes) + (shape.NonExpertBytes / (double)shape.Layers);
        long memory = (long)(perLayer * shape.Layers) + shape.Layers;
        return new Cell(settings with { Testbed = settings.Testbed with { Devices = 1, DeviceMemory = memory } });
    }

    private static ReplicaMemory Deploy(Cell cell, int experts, int first = 0)
    {
        ReplicaMemory memory = new(cell, "static");
        for (int expert = first; expert < first + experts; expert++)
        {
            memory.Apply(0, ResidencyEvent.PreWarm(1, new ReplicaId(new ExpertId(0, expert), 0)), now: 0);
            memory.AdvanceTo(0);
        }

        return memory;
    }
}
