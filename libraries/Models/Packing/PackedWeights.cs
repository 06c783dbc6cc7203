using DaprMoE.Tensors;

namespace DaprMoE.Models;

/// <summary>Makes the views of the weights that stay with the model.</summary>
internal sealed class PackedWeights
{
    private readonly Dictionary<string, PackedEntry> _entries;
    private readonly nint _data;

    private PackedWeights(PackedLayout layout, nint data)
    {
        _entries = layout.Entries.ToDictionary(entry => entry.Key, StringComparer.Ordinal);
        _data = data;
    }

    /// <summary>Views of a data part that begins at an address.</summary>
    public static ModelWeights At(nint data, PackedLayout layout, ModelDescription model)
    {
        PackedWeights weights = new(layout, data);
        PackedEntry embedding = weights._entries[PackedKeys.Embedding];
        return new ModelWeights
        {
            Embedding = new RowTable(data + (nint)embedding.Offset, embedding.Rows, embedding.Columns, embedding.Type),
            FinalNorm = weights.Vector(PackedKeys.FinalNorm),
            Output = weights.Matrix(PackedKeys.Output),
            Layers = [.. Enumerable.Range(0, model.Layers.Count).Select(layer => weights.Layer(PackedKeys.Layer(layer)))],
        };
    }

    private LayerWeights Layer(LayerKeys keys) => new()
    {
        InputNorm = Vector(keys.InputNorm),
        PostAttentionNorm = Vector(keys.PostAttentionNorm),
        Query = Projection(keys.Query),
        Key = Projection(keys.Key),
        Value = Projection(keys.Value),
        AttentionOutput = Projection(keys.AttentionOutput),
        QueryNorm = Vector(keys.QueryNorm),
        KeyNorm = Vector(keys.KeyNorm),
        Gate = _entries.ContainsKey(keys.Gate) ? Matrix(keys.Gate) : null,
        Dense = _entries.ContainsKey(keys.DenseGateUp) ? Dense(keys) : null,
    };

    private GatedWeights Dense(LayerKeys keys)
    {
        PackedEntry gateUp = _entries[keys.DenseGateUp];
        nint address = _data + (nint)gateUp.Offset;
        return new GatedWeights(PackedViews.GateUp(address, gateUp.Rows, gateUp.Columns, gateUp.Type), Matrix(keys.DenseDown));
    }

    private Projection Projection(string key) => new(Matrix(key), Vector(PackedKeys.Bias(key)));

    private PackedMatrix Matrix(string key)
    {
        PackedEntry entry = _entries[key];
        return new PackedMatrix(_data + (nint)entry.Offset, entry.Rows, entry.Columns, entry.Type);
    }

    private VectorView Vector(string key) =>
        _entries.TryGetValue(key, out PackedEntry? entry) ? new VectorView(_data + (nint)entry.Offset, entry.Columns) : default;
}
