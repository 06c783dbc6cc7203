using System.Text.Json.Serialization;

namespace DaprMoE.Predictors;

/// <summary>What the tensors of a file of predictors are and how they serve.</summary>
internal sealed record PredictorIndex(IReadOnlyList<PairIndex> Pairs, IReadOnlyList<TableIndex> Table)
{
    public static PredictorIndex Of(PredictorSet predictors) => new(
        [.. predictors.Pairs.Select(pair => new PairIndex(pair.Pair.Source, pair.Pair.Target, Of(pair.Gate)!, Of(pair.Mlp), pair.Best))],
        [.. predictors.Table.Layers.Select(layer => new TableIndex(layer.Form, layer.BeatsConstants))]);

    private static NetworkIndex? Of(ServedNetwork? network) =>
        network is null ? null : new NetworkIndex(network.Weights.Layers.Count, network.Form, network.IsTuned, network.BeatsConstants);
}

/// <summary>A pair of layers.</summary>
internal sealed record PairIndex(int Source, int Target, NetworkIndex Gate, NetworkIndex? Mlp, string Best);

/// <summary>A network.</summary>
internal sealed record NetworkIndex(int Layers, LoadForm Form, bool IsTuned, bool BeatsConstants);

/// <summary>A layer of the token table.</summary>
internal sealed record TableIndex(LoadForm Form, bool BeatsConstants);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PredictorIndex))]
[JsonSerializable(typeof(PredictorReport))]
internal sealed partial class PredictorJson : JsonSerializerContext;
