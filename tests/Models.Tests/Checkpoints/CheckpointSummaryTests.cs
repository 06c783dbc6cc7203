using System.Text.Json;

namespace DaprMoE.Models.Tests.Checkpoints;

public sealed class CheckpointSummaryTests
{
    public static TheoryData<string> Models => [.. Fixtures.Qwen3MoeModels];

    [Theory]
    [MemberData(nameof(Models))]
    public void Of_FixtureModel_AgreesWithTheGoldenExpertTable(string name)
    {
        CheckpointSummary summary = CheckpointSummary.Of(Fixtures.Model(name));
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(Fixtures.Model(name), "golden.json")));
        JsonElement experts = golden.RootElement.GetProperty("experts");
        Assert.Equal(experts.GetProperty("bytes_per_expert").GetInt64(), summary.BytesPerExpert);
        Assert.Equal(experts.GetProperty("total_expert_bytes").GetInt64(), summary.TotalExpertBytes);
        Assert.Equal(experts.GetProperty("resident_bytes").GetInt64(), summary.ResidentBytes);
        Assert.Equal(golden.RootElement.GetProperty("moe_layers").EnumerateArray().Select(layer => layer.GetInt32()), summary.MoeLayers);
        Assert.Equal(summary.TotalExpertBytes, summary.BytesPerExpert * summary.Experts * summary.MoeLayers.Count);
    }

    [Fact]
    public void Of_TinyMoe_HasTheModelCardsFigures()
    {
        CheckpointSummary summary = CheckpointSummary.Of(Fixtures.Model("tiny-moe"));
        Assert.Equal((16, 2, 6), (summary.Experts, summary.TopK, summary.MoeLayers.Count));
        Assert.Equal(1024, summary.Description.MaxPositions);
        Assert.Equal(3 * 192 * 192 * 2, summary.BytesPerExpert);
        Assert.Equal(summary.TotalParameters - (6L * 14 * 3 * 192 * 192), summary.ActiveParameters);
        Assert.Equal(6 * 2 * 2 * 32 * 4, summary.KvBytesPerToken);
        Assert.Equal(["BF16"], summary.BytesByType.Keys);
        Assert.Equal(2 * summary.TotalParameters, summary.BytesByType["BF16"]);
        Assert.True(summary.HasTokenizer && summary.HasChatTemplate);
        Assert.Equal("model.safetensors", Assert.Single(summary.Files).Name);
    }

    [Fact]
    public void Of_ModelWithoutTokenizer_SaysSo()
    {
        CheckpointSummary summary = CheckpointSummary.Of(Fixtures.Model("qwen3_moe-sharded"));
        Assert.False(summary.HasTokenizer || summary.HasChatTemplate);
        Assert.Equal(4, summary.Files.Count);
    }
}
