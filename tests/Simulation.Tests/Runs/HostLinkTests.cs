namespace DaprMoE.Simulation.Tests;

public sealed class HostLinkTests
{
    [Fact]
    public void Moeless_CopiesOverHostLinks_AreAsManyAsTheLinksCarry()
    {
        SimulationSettings settings = Cells.Of("64x6", "64") with
        {
            CopiesTakeTime = true,
            Iterations = 40,
            Policies = new() { Moeless = new() { MinTokens = 1 } },
        };

        PolicyResult slow = Cells.Run(settings, "moeless");
        PolicyResult instant = Cells.Run(settings with { CopiesTakeTime = false }, "moeless");

        double load = settings.Shape.ExpertBytes / settings.Testbed.HostLinkBandwidth;
        Assert.InRange(slow.WeightCopies, 1, (long)(settings.Testbed.Devices * ((slow.Seconds / load) + 2)));
        Assert.True(instant.WeightCopies > slow.WeightCopies);
        Assert.Equal(0, slow.ColdStarts);
        Assert.True(slow.Bill.LoadingGbSeconds > 0);
        Assert.Equal(0, instant.Bill.LoadingGbSeconds);
    }

    [Fact]
    public void Static_WithoutRoomForAllExperts_StartsThemColdOnTheirDevice()
    {
        SimulationSettings settings = Cells.Of("mixtral-8x7b", "64") with { CopiesTakeTime = true };
        long base6 = 6 * settings.Shape.ExpertBytes;
        long perDevice = settings.Shape.NonExpertBytes + (long)(settings.Shape.Layers / 6.0 * (base6 - settings.Shape.ExpertBytes));
        SimulationSettings tight = settings with { Testbed = settings.Testbed with { DeviceMemory = perDevice } };

        PolicyResult result = Cells.Run(tight, "static");

        double load = settings.Shape.ExpertBytes / settings.Testbed.HostLinkBandwidth;
        Assert.True(result.ColdStarts > 0);
        Assert.Equal(result.ColdStarts, result.WeightCopies);
        Assert.True(result.Layer.P99 > load);
        Assert.True(Cells.Run(settings, "static").ColdStarts == 0);
    }

    [Fact]
    public void KeepAlive_OfReplicas_CostsResidency()
    {
        SimulationSettings settings = Cells.Of("64x6", "512") with
        {
            Iterations = 100,
            Policies = new() { Moeless = new() { MinTokens = 1 } },
        };

        PolicyResult freed = Cells.Run(settings, "moeless");
        PolicyResult kept = Cells.Run(settings with { KeepAlive = TimeSpan.FromSeconds(15) }, "moeless");

        Assert.True(kept.Bill.ResidencyGbSeconds / kept.Seconds > freed.Bill.ResidencyGbSeconds / freed.Seconds);
        Assert.True(kept.WeightCopies < freed.WeightCopies);
    }
}
