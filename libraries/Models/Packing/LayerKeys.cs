namespace DaprMoE.Models;

/// <summary>Keys of one layer's weights.</summary>
/// <param name="Prefix">The layer's prefix.</param>
internal readonly record struct LayerKeys(string Prefix)
{
    public string InputNorm => $"{Prefix}.input_norm";

    public string PostAttentionNorm => $"{Prefix}.post_attention_norm";

    public string Query => $"{Prefix}.query";

    public string Key => $"{Prefix}.key";

    public string Value => $"{Prefix}.value";

    public string AttentionOutput => $"{Prefix}.attention_output";

    public string QueryNorm => $"{Prefix}.query_norm";

    public string KeyNorm => $"{Prefix}.key_norm";

    public string Gate => $"{Prefix}.gate";

    public string DenseGateUp => $"{Prefix}.dense.gate_up";

    public string DenseDown => $"{Prefix}.dense.down";

    public string ExpertGateUp => $"{Prefix}.experts.gate_up";

    public string ExpertDown => $"{Prefix}.experts.down";
}
