using System.Text.Json;
using DaprMoE.Scheduling;

namespace DaprMoE.Simulation.Tests;

public sealed class SimulatorTests
{
    public static TheoryData<string> Policies() => [.. PolicyRegistry.Names];

    [Theory]
    [MemberData(nameof(Policies))]
    public void Run_SameSeed_GivesTheSameBytes(string policy)
    {
        SimulationSettings settings =
            Cells.Of("64x6", "1x2048,5x8") with { Iterations = 12, CopiesTakeTime = true, KeepAlive = TimeSpan.FromSeconds(1) };

        string first = JsonSerializer.Serialize(Cells.Run(settings, policy));
        string second = JsonSerializer.Serialize(Cells.Run(settings, policy));
        string other = JsonSerializer.Serialize(Cells.Run(settings with { Seed = 2 }, policy));

        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Compare_OnAllCores_EqualsSingleRuns()
    {
        SimulationSettings settings = Cells.Of("phi-3.5-moe", "512");

        IReadOnlyList<PolicyComparison> compared = Simulator.Compare(settings, ["moeless"], 3, null, TestContext.Current.CancellationToken);

        double mean = Enumerable.Range(1, 3).Average(seed => Cells.Run(settings with { Seed = (ulong)seed }, "moeless").Layer.Mean);
        Assert.Equal(["static", "moeless"], compared.Select(policy => policy.Policy));
        Assert.Equal(mean, compared[1].Mean.Layer.Mean, 1e-12);
        Assert.Equal(1, compared[0].Residency?.Mean);
    }

    [Fact]
    public void Compare_OnABoxThatCostsNothing_HasNoRatioOfMoney()
    {
        SimulationSettings settings = Cells.Of("phi-3.5-moe", "64") with { Iterations = 2 };
        settings = settings with { Testbed = settings.Testbed with { PricePerGbSecond = 0 } };

        IReadOnlyList<PolicyComparison> compared = Simulator.Compare(settings, ["moeless"], 2, null, TestContext.Current.CancellationToken);

        Assert.All(compared, policy => Assert.Null(policy.Money));
        Assert.All(compared, policy => Assert.Equal(0, policy.Mean.Bill.Money));
        Assert.All(compared, policy => Assert.True(policy.Residency?.Mean > 0));
        Assert.Contains("\"Money\":null", JsonSerializer.Serialize(compared), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mixtral-8x7b", "8", 470)]
    [InlineData("mixtral-8x7b", "64", 477)]
    [InlineData("mixtral-8x7b", "4096", 7500)]
    [InlineData("phi-3.5-moe", "64", 427)]
    [InlineData("phi-3.5-moe", "512", 578)]
    [InlineData("llama-4-scout", "64", 671)]
    [InlineData("64x6", "64", 199)]
    [InlineData("64x6", "512", 316)]
    [InlineData("128x8", "8", 113)]
    [InlineData("128x8", "4096", 1423)]
    public void Static_OnRoofline_TakesTheReferencesTime(string shape, string tokens, double microseconds)
    {
        SimulationSettings settings = Cells.Of(shape, tokens);

        double mean = Enumerable.Range(1, 4).Average(seed => Cells.Run(settings with { Seed = (ulong)seed }, "static").Layer.Mean);

        Assert.InRange(mean * 1e6, microseconds * 0.92, microseconds * 1.08);
    }

    [Fact]
    public void Recording_ForEachPolicy_BeginsAtTheSameIteration()
    {
        string path = Path.Combine(Path.GetTempPath(), $"routing-{Guid.NewGuid():N}.jsonl");
        try
        {
            int history = Math.Max(PolicyDefaults.EplbHistorySamples, PolicyDefaults.AutoHistorySamples);
            File.WriteAllLines(
                path, Enumerable.Range(0, history + 4).Select(i => $"{{\"loads\":[[{i},1,1,1,1,1,1,1],[1,1,1,1,1,1,1,{i}]]}}"));
            SimulationSettings settings = Cells.Of("mixtral-8x7b", "8") with { Routing = path, Layers = 2, Iterations = 100 };

            Assert.All(PolicyRegistry.Names, policy => Assert.Equal(2 * 4, Cells.Run(settings, policy).LayerIterations));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Bill_OfRun_IsTheSumOfItsParts(string policy)
    {
        SimulationSettings settings =
            Cells.Of("64x6", "1x4096,20x8") with { Iterations = 42, CopiesTakeTime = true, KeepAlive = TimeSpan.FromSeconds(2) };

        BillSummary bill = Cells.Run(settings, policy).Bill;

        double parts = bill.LoadingGbSeconds + bill.ActiveGbSeconds + bill.IdleGbSeconds + bill.NonExpertGbSeconds;
        Assert.Equal(bill.ResidencyGbSeconds, parts, 1e-9 * parts);
        Assert.Equal(bill.ResidencyGbSeconds * settings.Testbed.PricePerGbSecond, bill.Money, 1e-9 * bill.Money);
        Assert.True(bill.ActiveGbSeconds > 0 && bill.IdleGbSeconds > bill.ActiveGbSeconds);
    }

    [Fact]
    public void Static_Bill_IsWhatItHolds()
    {
        SimulationSettings settings = Cells.Of("64x6", "64");

        PolicyResult result = Cells.Run(settings, "static");

        ModelShape cut = settings.Shape.Cut(settings.Layers);
        double held = (cut.Layers * cut.Experts * (double)cut.ExpertBytes) + (settings.Testbed.Devices * (double)cut.NonExpertBytes);
        double layers = cut.Experts * (double)cut.ExpertBytes * result.Layer.Mean * result.LayerIterations;
        Assert.Equal(held * result.Seconds / 1e9, result.Bill.ResidencyGbSeconds, 1e-3);
        Assert.Equal(layers / 1e9, result.Bill.ActiveGbSeconds, 1e-3);
        Assert.Equal(0, result.WeightCopies);
        Assert.Equal(1, result.CopiesPerExpert);
    }
}
