using DaprMoE.Experts;
using DaprMoE.Inference;

namespace DaprMoE.Gateway.Tests;

/// <summary>The bundled model on emulated devices.</summary>
public sealed class EmulatedEngineTests
{
    private const long OneMixtralExpert = 352_321_536;

    private static readonly int[] Prompt = [.. Enumerable.Range(0, 48).Select(at => (at * 37 % 200) + 5)];

    private static readonly EmulationOptions Mixtral = new("a6000") { ShapeAs = "mixtral-8x7b" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("static", 24)]
    [InlineData("static", 3)]
    [InlineData("moeless", 36)]
    [InlineData("auto", 20)]
    public void Evaluate_EmulatedDevices_SameBitsAndTheSameVirtualTimeEachTime(string policy, int slots)
    {
        LocalEngineOptions options = new() { Devices = 4, DeviceMemory = slots * OneMixtralExpert, Policy = policy, Emulation = Mixtral };
        (float[] logits, double seconds) = Run(options);
        Assert.Equal(Run(new LocalEngineOptions()).Logits, logits);
        Assert.Equal(seconds, Run(options).Seconds);
        Assert.True(seconds > 6 * 3 * 1e-3, $"{seconds} s is too little for six layers that load experts of 352 MB");
    }

    [Fact]
    public async Task Open_ShapeAs_CountsTheShapesBytes()
    {
        using LocalEngine engine = Open(new LocalEngineOptions { Devices = 4, DeviceMemory = 3 * OneMixtralExpert, Emulation = Mixtral });
        ExpertInventory experts = await engine.Experts.ReadAsync(Cancel);
        Assert.All(experts.Devices, device => Assert.Equal(3 * OneMixtralExpert, device.BudgetBytes));
        Assert.Equal(OneMixtralExpert, engine.Layout!.ExpertBytes);
        Assert.Equal(6, engine.Layout.Shape.Layers);
        Assert.Contains("mixtral-8x7b", engine.Bill.Read().Emulated, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_MemoryBelowOneExpertOfTheShape_IsRefusedWithBothNumbers()
    {
        LocalEngineOptions options = new() { Devices = 2, DeviceMemory = 8 << 20, Emulation = Mixtral };
        ExpertTooLargeException refused = Assert.Throws<ExpertTooLargeException>(() => Open(options));
        Assert.Equal((OneMixtralExpert, 8L << 20), (refused.ExpertBytes, refused.BudgetBytes));
    }

    [Fact]
    public void Open_RealDevices_BillSaysNothingOfEmulation()
    {
        using LocalEngine engine = Open(new LocalEngineOptions { Devices = 2 });
        Assert.Null(engine.Bill.Read().Emulated);
    }

    private static (float[] Logits, double Seconds) Run(LocalEngineOptions options)
    {
        using LocalEngine engine = Open(options);
        DateTimeOffset before = engine.Clock.GetUtcNow();
        using SequenceEvaluator evaluator = new(engine.Parts(), maxTokens: 128, chunk: 16);
        float[] logits = evaluator.Evaluate(Prompt);
        return (logits, (engine.Clock.GetUtcNow() - before).TotalSeconds);
    }

    private static LocalEngine Open(LocalEngineOptions options) =>
        LocalEngine.Open(Repository.TinyMoe, options with { Threads = 1, ContextLength = 128 }, cancellationToken: Cancel);
}
