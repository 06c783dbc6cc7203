using System.Text.Json.Nodes;
using DaprMoE.Tensors;

namespace DaprMoE.Models;

/// <summary>Writes a Qwen3-MoE <c>config.json</c> for sizes given by a user.</summary>
internal static class Qwen3MoeConfig
{
    public static JsonObject Of(RandomCheckpointOptions options) => new()
    {
        ["architectures"] = new JsonArray("Qwen3MoeForCausalLM"),
        ["model_type"] = "qwen3_moe",
        ["attention_bias"] = false,
        ["decoder_sparse_step"] = 1,
        ["head_dim"] = options.HeadDim,
        ["hidden_act"] = "silu",
        ["hidden_size"] = options.Hidden,
        ["intermediate_size"] = options.Ffn,
        ["max_position_embeddings"] = options.MaxPositions,
        ["mlp_only_layers"] = new JsonArray(),
        ["moe_intermediate_size"] = options.Ffn,
        ["norm_topk_prob"] = true,
        ["num_attention_heads"] = options.Heads,
        ["num_experts"] = options.Experts,
        ["num_experts_per_tok"] = options.TopK,
        ["num_hidden_layers"] = options.Layers,
        ["num_key_value_heads"] = options.KvHeads,
        ["rms_norm_eps"] = 1e-6,
        ["rope_scaling"] = null,
        ["rope_theta"] = 1000000.0,
        ["tie_word_embeddings"] = options.TieEmbeddings,
        ["torch_dtype"] = TorchName(options.DType),
        ["use_sliding_window"] = false,
        ["vocab_size"] = options.Vocab,
    };

    private static string TorchName(DType type) => type switch
    {
        DType.BF16 => "bfloat16",
        DType.F16 => "float16",
        _ => "float32",
    };
}
