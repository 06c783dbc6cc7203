using DaprMoE.Scheduling;

namespace DaprMoE.Simulation.Tests;

/// <summary>What auto is worth beside static placement: two of the four seeds that docs/reproduction.md rests on, five shapes.</summary>
public sealed class AutoWorthTests
{
    private const int Seeds = 2;

    [Fact]
    public void Prefill_IsFasterThanAllOthers_AndHoldsLessMemory()
    {
        Worth[] eplb = Compare("4096", "eplb");
        Worth[] moeless = Compare("4096", "moeless");
        Worth[] auto = Compare("4096", "auto");

        Assert.True(auto.Average(cell => cell.Layer) <= 0.72, Tell(auto));
        Assert.All(auto, cell => Assert.True(cell.Layer <= 0.78, Tell(auto)));
        Assert.True(auto.Average(cell => cell.Layer) <= eplb.Average(cell => cell.Layer) + 0.02, Tell(eplb) + Tell(auto));
        Assert.True(auto.Average(cell => cell.Layer) <= moeless.Average(cell => cell.Layer), Tell(moeless) + Tell(auto));
        Assert.True(auto.Average(cell => cell.Copies) < eplb.Average(cell => cell.Copies), Tell(eplb) + Tell(auto));
        Assert.True(auto.Average(cell => cell.Residency) <= 1, Tell(auto));
    }

    [Fact]
    public void DecodeOfFewTokens_IsFaster()
    {
        Worth[] auto = Compare("8", "auto");

        Assert.True(auto.Average(cell => cell.Layer) <= 0.95, Tell(auto));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.5)]
    public void DecodeOf64Tokens_IsNeverSlower(double zipf)
    {
        Worth[] auto = Compare("64", "auto", zipf);

        Assert.All(auto, cell => Assert.True(cell.Layer <= 1.01, Tell(auto)));
    }

    [Fact]
    public void MixedService_HoldsHardlyMoreMemory()
    {
        Worth[] auto = Compare("1x4096,200x8", "auto");

        Assert.True(auto.Average(cell => cell.Residency) <= 1.02, Tell(auto));
        Assert.True(auto.Average(cell => cell.Layer) <= 0.95, Tell(auto));
    }

    private static Worth[] Compare(string tokens, string policy, double zipf = 1) =>
        [.. ModelShapes.Names.Select(shape => Compare(Settings(shape, tokens, zipf), policy))];

    private static Worth Compare(SimulationSettings settings, string policy)
    {
        PolicyComparison result = Simulator.Compare(settings, [policy], Seeds, null, TestContext.Current.CancellationToken)[1];
        return new Worth(settings.Shape.Name, result.Layer!.Value.Mean, result.Residency!.Value.Mean, result.Mean.CopiesPerExpert);
    }

    // Scout's experts fill the box in bf16; twice the memory stands for 8-bit weights.
    private static SimulationSettings Settings(string shape, string tokens, double zipf)
    {
        SimulationSettings settings = Cells.Of(shape, tokens);
        Testbed testbed = settings.Testbed;
        return settings with
        {
            Testbed = shape == "llama-4-scout" ? testbed with { DeviceMemory = 2 * testbed.DeviceMemory } : testbed,
            Iterations = Math.Max(8, settings.Tokens.Iterations),
            Zipf = zipf,
            Policies = new PolicyOptions { Moeless = new MoelessOptions { MinTokens = 1 } },
            Splits = new Dictionary<string, string> { ["moeless"] = "even" },
        };
    }

    private static string Tell(Worth[] cells) => string.Join('\n', cells) + "\n";

    /// <summary>A policy's figures over static placement's; copies over experts.</summary>
    private sealed record Worth(string Shape, double Layer, double Residency, double Copies);
}
