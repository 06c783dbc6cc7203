using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Inference;

/// <summary>All memory that a forward pass writes, allocated once; rows are contiguous.</summary>
internal sealed unsafe class ForwardWorkspace : IDisposable
{
    private readonly List<NativeBuffer> _buffers = [];

    public ForwardWorkspace(ModelDescription model, int maxRows, int maxLogitRows)
    {
        AttentionDescription attention = model.Attention;
        int experts = model.Layers.OfType<MoeFeedForward>().Select(l => l.Experts).DefaultIfEmpty(0).Max();
        int topK = model.Layers.OfType<MoeFeedForward>().Select(l => l.TopK).DefaultIfEmpty(0).Max();
        int dense = model.Layers.OfType<DenseFeedForward>().Select(l => l.FfnSize).DefaultIfEmpty(0).Max();
        Hidden = Floats(maxRows, model.HiddenSize);
        Normed = Floats(maxRows, model.HiddenSize);
        Residual = Floats(maxRows, model.HiddenSize);
        Queries = Floats(maxRows, attention.Heads * attention.HeadSize);
        Keys = Floats(maxRows, attention.KvHeads * attention.HeadSize);
        Values = Floats(maxRows, attention.KvHeads * attention.HeadSize);
        Attended = Floats(maxRows, attention.Heads * attention.HeadSize);
        RouterLogits = Floats(maxRows, experts);
        RouterScores = Floats(maxRows, experts);
        Experts = (int*)Floats(maxRows, topK);
        Weights = Floats(maxRows, topK);
        Activated = Floats(maxRows, dense);
        LogitInput = Floats(maxLogitRows, model.HiddenSize);
        Logits = Floats(maxLogitRows, model.VocabularySize);
    }

    /// <summary>The residual stream, [t, H].</summary>
    public float* Hidden { get; }

    /// <summary>Normed rows: the input of attention, then of the feed-forward part.</summary>
    public float* Normed { get; }

    /// <summary>What a part adds to the residual stream, [t, H].</summary>
    public float* Residual { get; }

    public float* Queries { get; }

    public float* Keys { get; }

    public float* Values { get; }

    /// <summary>Attention's rows before its output projection, [t, heads x head size].</summary>
    public float* Attended { get; }

    public float* RouterLogits { get; }

    /// <summary>Scratch of the gate, [t, E].</summary>
    public float* RouterScores { get; }

    /// <summary>Chosen experts, [t, k].</summary>
    public int* Experts { get; }

    /// <summary>Combine weights, [t, k].</summary>
    public float* Weights { get; }

    /// <summary>Gated products of a dense layer, [t, F].</summary>
    public float* Activated { get; }

    public float* LogitInput { get; }

    public float* Logits { get; }

    public void Dispose()
    {
        foreach (NativeBuffer buffer in _buffers)
        {
            buffer.Dispose();
        }
    }

    private float* Floats(long rows, long columns)
    {
        if (rows * columns == 0)
        {
            return null;
        }

        NativeBuffer buffer = new(rows * columns * sizeof(float));
        _buffers.Add(buffer);
        return buffer.Floats;
    }
}
