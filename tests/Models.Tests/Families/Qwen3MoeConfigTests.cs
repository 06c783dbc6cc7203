using System.Text.Json.Nodes;

namespace DaprMoE.Models.Tests.Families;

public sealed class Qwen3MoeConfigTests
{
    [Fact]
    public void Open_AbsentKeys_HaveTheFamilysDefaults()
    {
        ModelDescription model = Read(config =>
        {
            foreach (string key in new[] { "norm_topk_prob", "num_key_value_heads", "head_dim", "rms_norm_eps", "rope_theta", "num_experts",
                "num_experts_per_tok", "tie_word_embeddings", "attention_bias", "decoder_sparse_step", "mlp_only_layers", "hidden_act" })
            {
                config.Remove(key);
            }
        });
        Assert.Equal((4, 16), (model.Attention.KvHeads, model.Attention.HeadSize));
        Assert.Equal((1e-6f, false, false), (model.NormEpsilon, model.TiedEmbeddings, model.Attention.Biases));
        Assert.All(model.Layers, layer => Assert.Equal(
            new MoeFeedForward { Experts = 128, TopK = 8, FfnSize = 32, Gate = GateKind.Softmax }, layer));
    }

    [Fact]
    public void Open_NoExperts_AllLayersAreDense()
    {
        ModelDescription model = Read(config => config["num_experts"] = 0);
        Assert.All(model.Layers, layer => Assert.IsType<DenseFeedForward>(layer));
    }

    [Fact]
    public void Open_SlidingWindowSwitchedOff_IsIgnored() =>
        Assert.Equal(64, Read(config => config["sliding_window"] = 12).HiddenSize);

    [Theory]
    [InlineData("hidden_act", "\"gelu\"", "hidden_act is \"gelu\"; allowed are silu")]
    [InlineData("hidden_size", "0", "hidden_size is 0; allowed are integers from 1 to 131072")]
    [InlineData("hidden_size", "64.5", "hidden_size is 64.5")]
    [InlineData("hidden_size", "99999999999", "hidden_size is 99999999999")]
    [InlineData("num_key_value_heads", "3", "num_key_value_heads is 3; allowed are divisors of num_attention_heads, 4")]
    [InlineData("head_dim", "17", "head_dim is 17; allowed are even sizes")]
    [InlineData("head_dim", "258", "head_dim is 258; allowed are integers from 2 to 256")]
    [InlineData("num_attention_heads", "8192", "num_attention_heads is 8192; allowed are up to 131072 divided by the head size, 32")]
    [InlineData("num_experts_per_tok", "17", "num_experts_per_tok is 17; allowed are integers from 1 to 16")]
    [InlineData("vocab_size", "null", "vocab_size is missing")]
    [InlineData("rms_norm_eps", "-1", "rms_norm_eps is -1; allowed are numbers above 0")]
    [InlineData("mlp_only_layers", "[1.5]", "mlp_only_layers is [1.5]; allowed are lists of integers from 0")]
    [InlineData("norm_topk_prob", "1", "norm_topk_prob is 1; allowed are true and false")]
    [InlineData("eos_token_id", "[2,\"x\"]", "eos_token_id is [2,\"x\"]; allowed are an integer or a list of integers from 0")]
    [InlineData("quantization_config", "{ \"quant_method\": \"fp8\" }", "quantization_config is")]
    public void Open_WrongValue_IsNamedWithWhatIsAllowed(string key, string value, string fault)
    {
        CheckpointException refusal = Assert.Throws<CheckpointException>(() => Read(config => config[key] = JsonNode.Parse(value)));
        Assert.EndsWith("config.json", refusal.Path, StringComparison.Ordinal);
        Assert.Contains(fault, refusal.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_MoreExpertsPerTokenThanCanBeCombined_IsRefused()
    {
        CheckpointException refusal = Assert.Throws<CheckpointException>(() => Read(config =>
        {
            config["num_experts"] = 128;
            config["num_experts_per_tok"] = 65;
        }));
        Assert.Contains("num_experts_per_tok is 65; allowed are integers from 1 to 64", refusal.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoHeadSizeAndFewHeads_RefusesWhatFollows()
    {
        CheckpointException refusal = Assert.Throws<CheckpointException>(() => Read(config =>
        {
            config.Remove("head_dim");
            config["hidden_size"] = 2048;
        }));
        Assert.Contains("head_dim is absent; allowed are even sizes from 2 to 256", refusal.Fault, StringComparison.Ordinal);
        Assert.Contains("here 2048 / 4", refusal.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SlidingWindowSwitchedOn_IsRefused()
    {
        CheckpointException refusal = Assert.Throws<CheckpointException>(() => Read(config =>
        {
            config["use_sliding_window"] = true;
            config["sliding_window"] = 12;
        }));
        Assert.Contains("use_sliding_window is true; allowed are false", refusal.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SeveralWrongValues_NamesAll()
    {
        CheckpointException refusal = Assert.Throws<CheckpointException>(() => Read(config =>
        {
            config["hidden_size"] = -1;
            config["vocab_size"] = "many";
            config["hidden_act"] = "relu";
        }));
        Assert.All(
            ["hidden_size is -1", "vocab_size is \"many\"", "hidden_act is \"relu\""],
            part => Assert.Contains(part, refusal.Fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"mamba\"", "model_type is 'mamba'; known are qwen3_moe")]
    [InlineData("null", "model_type is missing; known are qwen3_moe")]
    public void Open_UnknownFamily_ListsTheKnown(string value, string fault)
    {
        CheckpointException refusal = Assert.Throws<CheckpointException>(
            () => Read(config => config["model_type"] = JsonNode.Parse(value)));
        Assert.Contains(fault, refusal.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_EndTokenBeyondVocabulary_NamesTheFileThatSetsIt()
    {
        using TemporaryFolder folder = new();
        string model = folder.CopyModel("qwen3_moe");
        TemporaryFolder.EditConfig(model, config => config["eos_token_id"] = 320, "generation_config.json");
        CheckpointException refusal = Assert.Throws<CheckpointException>(() => CheckpointConfig.Read(model));
        Assert.EndsWith("generation_config.json", refusal.Path, StringComparison.Ordinal);
        Assert.Contains("eos_token_id holds 320; allowed are tokens below vocab_size, 320", refusal.Fault, StringComparison.Ordinal);
    }

    private static ModelDescription Read(Action<JsonObject> edit)
    {
        using TemporaryFolder folder = new();
        string model = folder.CopyModel("qwen3_moe");
        TemporaryFolder.EditConfig(model, edit);
        return CheckpointConfig.Read(model).Description;
    }
}
