using System.Text.Json.Nodes;

namespace DaprMoE.Models.Tests.Packing;

public sealed class FingerprintTests
{
    [Fact]
    public void Fingerprint_OtherPathAndTime_IsTheSame()
    {
        using TemporaryFolder folder = new();
        string copy = folder.CopyModel("qwen3_moe");
        File.SetLastWriteTimeUtc(Path.Combine(copy, "model.safetensors"), new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(Of(Fixtures.Model("qwen3_moe")), Of(copy));
        Assert.Matches("^[0-9a-f]{32}$", Of(copy));
    }

    [Fact]
    public void Fingerprint_SameTensorsInOtherFiles_IsTheSame()
    {
        using TemporaryFolder folder = new();
        RandomCheckpointOptions sizes = new() { Hidden = 32, Layers = 2, Vocab = 64, Ffn = 16 };
        RandomCheckpoint.Write(folder.File("one"), sizes, progress: null, TestContext.Current.CancellationToken);
        RandomCheckpoint.Write(
            folder.File("many"), sizes with { ShardBytes = 20_000 }, progress: null, TestContext.Current.CancellationToken);
        Assert.True(Directory.GetFiles(folder.File("many"), "*.safetensors").Length > 2);
        Assert.Equal(Of(folder.File("one")), Of(folder.File("many")));
    }

    [Theory]
    [InlineData("rms_norm_eps", "1e-5", true)]
    [InlineData("norm_topk_prob", "false", true)]
    [InlineData("num_experts_per_tok", "3", true)]
    [InlineData("rope_theta", "500000.0", true)]
    [InlineData("tie_word_embeddings", "true", true)]
    [InlineData("max_position_embeddings", "100", false)]
    [InlineData("router_aux_loss_coef", "0.5", false)]
    public void Fingerprint_OtherConfig_DiffersIfResultsDo(string key, string value, bool differs)
    {
        using TemporaryFolder folder = new();
        string model = folder.CopyModel("qwen3_moe");
        string before = Of(model);
        TemporaryFolder.EditConfig(model, config => config[key] = JsonNode.Parse(value));
        Assert.Equal(differs, before != Of(model));
    }

    [Fact]
    public void Fingerprint_OneBitOfAWeightChanged_Differs()
    {
        using TemporaryFolder folder = new();
        string model = folder.CopyModel("qwen3_moe");
        string before = Of(model);
        PackedFiles.Flip(Path.Combine(model, "model.safetensors"), new FileInfo(Path.Combine(model, "model.safetensors")).Length - 2);
        Assert.NotEqual(before, Of(model));
    }

    private static string Of(string model)
    {
        using TemporaryFolder own = new();
        using PackedModel packed = own.OpenPacked(model);
        return packed.Fingerprint;
    }
}
