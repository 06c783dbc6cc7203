using DaprMoE.Dispatch;
using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Gateway;

/// <summary>What an engine's settings come to for one model.</summary>
internal sealed class EngineSizes(ModelDescription model, LocalEngineOptions options)
{
    private const int LongestDefaultContext = 8192;
    private const long MostDefaultKvBytes = 1L << 30;

    /// <summary>Longest sequence in tokens.</summary>
    public int ContextLength { get; } = options.ContextLength ?? Math.Min(model.MaxPositions, LongestDefaultContext);

    /// <summary>Tokens of KV cache; at least one context.</summary>
    public int KvTokens => Math.Max(ContextLength, options.KvTokens ?? DefaultKvTokens);

    /// <summary>Most rows of one iteration.</summary>
    public int Rows { get; } = Math.Max(options.TokenBudget, options.MaxRunning);

    /// <summary>What dispatch allocates for.</summary>
    public DispatchLimits Dispatch => new(Rows, TopK, Experts, model.HiddenSize);

    /// <summary>Bytes of keys and values when all blocks are used.</summary>
    public long KvBytes => BlocksFor(KvTokens) * KvBlockBytes;

    /// <summary>Bytes, roughly, of what iterations write: rows, logits, packed activations, the table of positions.</summary>
    public long WorkspaceBytes => sizeof(float) * (RowFloats + LogitFloats + ExpertFloats + RopeFloats);

    private int Experts => model.Layers.Max(layer => layer is MoeFeedForward moe ? moe.Experts : 0);

    private int TopK => model.Layers.Max(layer => layer is MoeFeedForward moe ? moe.TopK : 0);

    private long ExpertFfn => model.Layers.Max(layer => layer is MoeFeedForward moe ? moe.FfnSize : 0);

    private long DenseFfn => model.Layers.Max(layer => layer is DenseFeedForward dense ? dense.FfnSize : 0);

    private int DefaultKvTokens =>
        (int)Math.Min((long)ContextLength * options.MaxRunning, MostDefaultKvBytes / KvBlockBytes * KvLayout.BlockTokens);

    /// <summary>Bytes of one block in all layers.</summary>
    private long KvBlockBytes =>
        new KvLayout(model.Attention.KvHeads, model.Attention.HeadSize).BlockFloats * sizeof(float) * model.Layers.Count;

    /// <summary>Hidden, normed and residual rows, heads, router logits, a dense layer's product, and the widest input packed.</summary>
    private long RowFloats
    {
        get
        {
            long queries = (long)model.Attention.Heads * model.Attention.HeadSize;
            long keys = (long)model.Attention.KvHeads * model.Attention.HeadSize;
            long packed = Math.Max(Math.Max(model.HiddenSize, DenseFfn), queries);
            return Rows * ((3L * model.HiddenSize) + (2 * queries) + (2 * keys) + Experts + (2L * TopK) + DenseFfn + packed);
        }
    }

    private long LogitFloats => (long)options.MaxRunning * (model.HiddenSize + model.VocabularySize);

    /// <summary>For each row and each of its experts: the packed input, the gated product, the result.</summary>
    private long ExpertFloats => (long)Rows * TopK * (Math.Max(model.HiddenSize, ExpertFfn) + ExpertFfn + model.HiddenSize);

    private long RopeFloats => (long)ContextLength * model.Attention.HeadSize;

    private static long BlocksFor(long tokens) => (tokens + KvLayout.BlockTokens - 1) / KvLayout.BlockTokens;
}
