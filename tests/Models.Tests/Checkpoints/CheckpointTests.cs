using System.Text.Json.Nodes;
using DaprMoE.Tensors;

namespace DaprMoE.Models.Tests.Checkpoints;

public sealed class CheckpointTests
{
    [Fact]
    public void Open_ShapeThatConfigDoesNotAskFor_NamesBothShapes()
    {
        using TemporaryFolder folder = new();
        string model = folder.CopyModel("qwen3_moe");
        TemporaryFolder.EditConfig(model, config => config["vocab_size"] = 321);
        CheckpointException fault = Assert.Throws<CheckpointException>(() => Checkpoint.Open(model));
        const string Embedding = "tensor 'model.embed_tokens.weight': has shape [320, 64]; config.json asks for [321, 64]";
        Assert.Contains(Embedding, fault.Message, StringComparison.Ordinal);
        Assert.Contains("tensor 'lm_head.weight'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OneMissingTensor_IsTheErrorsTensor()
    {
        using TemporaryFolder folder = new();
        string model = folder.CopyModel("qwen3_moe-tail");
        TemporaryFolder.EditConfig(model, config => config["tie_word_embeddings"] = false);
        CheckpointException fault = Assert.Throws<CheckpointException>(() => Checkpoint.Open(model));
        Assert.Equal("lm_head.weight", fault.Tensor);
        Assert.Contains("is missing; config.json asks for it with shape [331, 80]", fault.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ManyMissingTensors_NamesTheFirst()
    {
        using TemporaryFolder folder = new();
        string model = folder.CopyModel("qwen3_moe");
        TemporaryFolder.EditConfig(model, config => config["num_experts"] = 8192);
        CheckpointException fault = Assert.Throws<CheckpointException>(() => Checkpoint.Open(model));
        Assert.Contains("model.layers.0.mlp.experts.16.gate_proj.weight", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("and perhaps more", fault.Message, StringComparison.Ordinal);
        Assert.InRange(fault.Message.Length, 100, 4000);
    }

    [Fact]
    public void Open_WeightOfAnUnusableType_IsRefusedByName()
    {
        using TemporaryFolder folder = new();
        string model = folder.CopyModel("qwen3_moe");
        ReplaceInHeader(model, "\"BF16\",\"shape\":[320,64]", "\"I16\",\"shape\":[320,64]");
        CheckpointException fault = Assert.Throws<CheckpointException>(() => Checkpoint.Open(model));
        Assert.Contains("is stored as I16; weights can be F32, F16 and BF16", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TensorThatTheModelDoesNotUse_IsListedAsIgnored()
    {
        using TemporaryFolder folder = new();
        string model = folder.CopyModel("qwen3_moe");
        TemporaryFolder.EditConfig(model, config => config["tie_word_embeddings"] = true);
        Assert.Equal(["lm_head.weight"], CheckpointSummary.Of(model).IgnoredTensors);
    }

    [Fact]
    public void Open_ShardsOfOneModel_FindsTensorsInAll()
    {
        using Checkpoint checkpoint = Checkpoint.Open(Fixtures.Model("qwen3_moe-sharded"));
        IEnumerable<string> files = checkpoint.Needed.Select(spec => Path.GetFileName(checkpoint.Find(spec.Name).File.Path));
        Assert.Equal(3, files.Distinct().Count());
        Assert.All(checkpoint.Needed, spec => Assert.Equal(DType.BF16, checkpoint.Find(spec.Name).Type));
    }

    [Fact]
    public void Open_ConfigWithDuplicateKey_IsRefused()
    {
        using TemporaryFolder folder = new();
        string model = folder.CopyModel("qwen3_moe");
        string path = Path.Combine(model, "config.json");
        File.WriteAllText(path, "{\"hidden_size\": 1," + File.ReadAllText(path).TrimStart()[1..]);
        CheckpointException fault = Assert.Throws<CheckpointException>(() => Checkpoint.Open(model));
        Assert.Contains("hidden_size", fault.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("golden.safetensors/../model.safetensors")]
    [InlineData("C:model.safetensors")]
    [InlineData("model\0.safetensors")]
    [InlineData("config.json")]
    [InlineData("..safetensors")]
    [InlineData("")]
    public void Open_ShardThatIsNoPlainName_IsRefused(string shard)
    {
        using TemporaryFolder folder = new();
        string model = folder.CopyModel("qwen3_moe-sharded");
        TemporaryFolder.EditConfig(
            model, index => index["weight_map"]!["lm_head.weight"] = JsonValue.Create(shard), "model.safetensors.index.json");
        CheckpointException fault = Assert.Throws<CheckpointException>(() => Checkpoint.Open(model));
        Assert.Equal("lm_head.weight", fault.Tensor);
        Assert.Contains("allowed are plain names of .safetensors files", fault.Fault, StringComparison.Ordinal);
    }

    private static void ReplaceInHeader(string model, string old, string replacement)
    {
        string path = Path.Combine(model, "model.safetensors");
        byte[] bytes = File.ReadAllBytes(path);
        int length = (int)BitConverter.ToInt64(bytes);
        string header = System.Text.Encoding.UTF8.GetString(bytes, 8, length);
        string changed = header.Replace(old, replacement, StringComparison.Ordinal).PadRight(length);
        Assert.NotEqual(header, changed);
        System.Text.Encoding.UTF8.GetBytes(changed).CopyTo(bytes, 8);
        File.WriteAllBytes(path, bytes);
    }
}
