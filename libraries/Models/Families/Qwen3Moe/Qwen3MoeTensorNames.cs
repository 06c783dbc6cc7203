namespace DaprMoE.Models;

/// <summary>Tensor names of published Qwen3-MoE checkpoints.</summary>
internal sealed class Qwen3MoeTensorNames : ITensorNames
{
    /// <inheritdoc/>
    public string Embedding => "model.embed_tokens";

    /// <inheritdoc/>
    public string FinalNorm => "model.norm";

    /// <inheritdoc/>
    public string Output => "lm_head";

    /// <inheritdoc/>
    public LayerTensorNames Layer(int layer)
    {
        string prefix = $"model.layers.{layer}";
        return new LayerTensorNames
        {
            InputNorm = $"{prefix}.input_layernorm",
            PostAttentionNorm = $"{prefix}.post_attention_layernorm",
            Query = $"{prefix}.self_attn.q_proj",
            Key = $"{prefix}.self_attn.k_proj",
            Value = $"{prefix}.self_attn.v_proj",
            AttentionOutput = $"{prefix}.self_attn.o_proj",
            QueryNorm = $"{prefix}.self_attn.q_norm",
            KeyNorm = $"{prefix}.self_attn.k_norm",
            Gate = $"{prefix}.mlp.gate",
            Dense = Gated($"{prefix}.mlp"),
        };
    }

    /// <inheritdoc/>
    public GatedTensorNames Expert(int layer, int expert) => Gated($"model.layers.{layer}.mlp.experts.{expert}");

    private static GatedTensorNames Gated(string prefix) => new($"{prefix}.gate_proj", $"{prefix}.up_proj", $"{prefix}.down_proj");
}
