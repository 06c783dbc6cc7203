namespace DaprMoE.Models.Tests.Packing;

public sealed class PackedModelTests
{
    public static TheoryData<string> Models => [.. Fixtures.Qwen3MoeModels, "tiny-moe"];

    [Theory]
    [MemberData(nameof(Models))]
    public void Open_FixtureModel_HoldsEveryTensorOfTheCheckpoint(string name)
    {
        using TemporaryFolder folder = new();
        using PackedModel model = folder.OpenPacked(Fixtures.Model(name));
        using Checkpoint checkpoint = Checkpoint.Open(Fixtures.Model(name));
        Assert.Equal(folder.File("daprmoe.packed"), model.Path);
        Assert.Empty(new PackedComparison(model, checkpoint).Differences());
    }
}
