using DaprMoE.Models;

namespace DaprMoE.Cli.Tests;

public sealed class StepWorkTests
{
    [Fact]
    public void DecodeBytes_BundledModel_AreItsActiveParametersInBf16()
    {
        using PackedModel model = PackedModel.Open(Path.Combine(Repository.Root, "models", "tiny-moe"), cancellationToken: TestContext.Current.CancellationToken);
        StepWork work = new(model);
        const double Hidden = 192;
        const double PerLayer = (Hidden * 192 * 2) + (Hidden * 64 * 2) + (Hidden * 16) + (2 * 3 * Hidden * 192);
        Assert.Equal(2 * ((6 * PerLayer) + (4096 * Hidden)), work.DecodeBytes());
    }

    [Fact]
    public void PrefillFlops_TwoRows_CountProductsHeadAndAttention()
    {
        using PackedModel model = PackedModel.Open(Path.Combine(Repository.Root, "models", "tiny-moe"), cancellationToken: TestContext.Current.CancellationToken);
        StepWork work = new(model);
        double head = 2.0 * 4096 * 192;
        double layers = work.DecodeBytes() - (2.0 * 4096 * 192);
        double attention = 4.0 * 6 * 32 * 3 * 6;
        Assert.Equal((2 * layers) + head + attention, work.PrefillFlops(2));
    }
}
