using DaprMoE.Tensors;

namespace DaprMoE.Models;

/// <summary>Plans a packed file from a description. The same description and dtypes always give the same plan.</summary>
internal sealed class PackedLayoutPlanner
{
    /// <summary>Kernels load whole vectors, so every entry begins at a multiple of the widest.</summary>
    private const int EntryAlignment = 64;

    private readonly List<PackedEntry> _entries = [];
    private readonly List<PackedExperts> _experts = [];
    private readonly ModelDescription _model;
    private readonly ITensorNames _names;
    private readonly Func<string, string, DType> _typeOf;
    private long _end;

    private PackedLayoutPlanner(ModelDescription model, ITensorNames names, Func<string, string, DType> typeOf)
    {
        _model = model;
        _names = names;
        _typeOf = typeOf;
    }

    /// <summary>Plans the file.</summary>
    /// <param name="model">The model.</param>
    /// <param name="names">Its tensors' names.</param>
    /// <param name="typeOf">The stored dtype by key and source tensor.</param>
    public static PackedLayout Plan(ModelDescription model, ITensorNames names, Func<string, string, DType> typeOf)
    {
        PackedLayoutPlanner planner = new(model, names, typeOf);
        planner.PlanResident();
        planner._end = PackedLayout.Align(planner._end, PackedLayout.PageSize);
        for (int layer = 0; layer < model.Layers.Count; layer++)
        {
            planner.PlanExperts(layer);
        }

        return new PackedLayout(planner._entries, planner._experts, planner._end);
    }

    private void PlanResident()
    {
        int hidden = _model.HiddenSize;
        string embedding = $"{_names.Embedding}.weight";
        string output = _model.TiedEmbeddings ? embedding : $"{_names.Output}.weight";
        Add(PackedKeys.Embedding, embedding, PackedForm.Rows, _model.VocabularySize, hidden);
        Add(PackedKeys.Output, output, PackedForm.Panels, _model.VocabularySize, hidden);
        Add(PackedKeys.FinalNorm, $"{_names.FinalNorm}.weight", PackedForm.Vector, 1, hidden);
        for (int layer = 0; layer < _model.Layers.Count; layer++)
        {
            LayerTensorNames names = _names.Layer(layer);
            LayerKeys keys = PackedKeys.Layer(layer);
            PlanAttention(keys, names);
            PlanFeedForward(keys, names, _model.Layers[layer]);
        }
    }

    private void PlanAttention(LayerKeys keys, LayerTensorNames names)
    {
        AttentionDescription attention = _model.Attention;
        int hidden = _model.HiddenSize;
        int queries = attention.Heads * attention.HeadSize;
        int keyValues = attention.KvHeads * attention.HeadSize;
        Add(keys.InputNorm, $"{names.InputNorm}.weight", PackedForm.Vector, 1, hidden);
        AddProjection(keys.Query, names.Query, queries, hidden);
        AddProjection(keys.Key, names.Key, keyValues, hidden);
        AddProjection(keys.Value, names.Value, keyValues, hidden);
        AddProjection(keys.AttentionOutput, names.AttentionOutput, hidden, queries);
        if (attention.QueryKeyNorm)
        {
            Add(keys.QueryNorm, $"{names.QueryNorm}.weight", PackedForm.Vector, 1, attention.HeadSize);
            Add(keys.KeyNorm, $"{names.KeyNorm}.weight", PackedForm.Vector, 1, attention.HeadSize);
        }

        Add(keys.PostAttentionNorm, $"{names.PostAttentionNorm}.weight", PackedForm.Vector, 1, hidden);
    }

    private void PlanFeedForward(LayerKeys keys, LayerTensorNames names, FeedForwardDescription layer)
    {
        int hidden = _model.HiddenSize;
        if (layer is MoeFeedForward moe)
        {
            Add(keys.Gate, $"{names.Gate}.weight", PackedForm.Panels, moe.Experts, hidden);
        }
        else if (layer is DenseFeedForward dense)
        {
            Add(
                keys.DenseGateUp, $"{names.Dense.Gate}.weight", PackedForm.PanelPairs, dense.FfnSize, hidden,
                partner: $"{names.Dense.Up}.weight");
            Add(keys.DenseDown, $"{names.Dense.Down}.weight", PackedForm.Panels, hidden, dense.FfnSize);
        }
    }

    private void PlanExperts(int layer)
    {
        if (_model.Layers[layer] is not MoeFeedForward moe)
        {
            return;
        }

        GatedTensorNames first = _names.Expert(layer, 0);
        LayerKeys keys = PackedKeys.Layer(layer);
        PackedExperts experts = new(
            layer,
            moe.Experts,
            moe.FfnSize,
            _model.HiddenSize,
            _typeOf(keys.ExpertGateUp, $"{first.Gate}.weight"),
            _typeOf(keys.ExpertDown, $"{first.Down}.weight"),
            _end);
        _experts.Add(experts);
        _end = experts.OffsetOf(moe.Experts);
    }

    private void AddProjection(string key, string name, int outputs, int inputs)
    {
        Add(key, $"{name}.weight", PackedForm.Panels, outputs, inputs);
        if (_model.Attention.Biases)
        {
            Add(PackedKeys.Bias(key), $"{name}.bias", PackedForm.Vector, 1, outputs);
        }
    }

    private void Add(string key, string source, PackedForm form, int rows, int columns, string? partner = null)
    {
        PackedEntry entry = new(key, source, partner, form, _typeOf(key, source), rows, columns, _end);
        _entries.Add(entry);
        _end = PackedLayout.Align(_end + entry.ByteLength, EntryAlignment);
    }
}
