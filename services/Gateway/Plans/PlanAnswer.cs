using System.Text.Json.Serialization;
using DaprMoE.Ports;

namespace DaprMoE.Gateway;

/// <summary>The plan in force; the answer of <c>GET /v1/plan</c>.</summary>
/// <param name="Version">Its version; 0 before the first plan, when experts are at their static homes.</param>
/// <param name="Policy">The policy that made it.</param>
/// <param name="Model">Fingerprint of the model that it is for; null before the first.</param>
/// <param name="WindowVersion">The newest window of load that it was made from; 0 for a plan before any load.</param>
/// <param name="ForecastVersion">The forecast that it was made from; 0 when the policy used none.</param>
/// <param name="Created">When it was made, in Unix seconds.</param>
/// <param name="KeepAliveSeconds">Longest idle time of a replica that it does not hold.</param>
/// <param name="Devices">Names of its devices.</param>
/// <param name="Layers">Its layers.</param>
public sealed record PlanAnswer(
    long Version,
    string Policy,
    string? Model,
    long WindowVersion,
    long ForecastVersion,
    long Created,
    double KeepAliveSeconds,
    IReadOnlyList<string> Devices,
    IReadOnlyList<PlanAnswerLayer> Layers)
{
    /// <summary>What OpenAI's API calls such an answer.</summary>
    [JsonPropertyName("object")]
    public string Kind => "plan";

    internal static PlanAnswer Before(string policy, IReadOnlyList<string> devices) => new(0, policy, null, 0, 0, 0, 0, devices, []);

    /// <param name="plan">The plan.</param>
    /// <param name="layers">The number in the model of each of its layers.</param>
    internal static PlanAnswer Of(PlanDocument plan, IReadOnlyList<int> layers) => new(
        plan.Version,
        plan.Policy,
        plan.Model,
        plan.WindowVersion,
        plan.ForecastVersion,
        DateTimeOffset.FromUnixTimeMilliseconds(plan.CreatedAt).ToUnixTimeSeconds(),
        plan.KeepAliveMilliseconds / 1000.0,
        plan.Devices,
        [.. plan.Layers.Select((layer, index) => PlanAnswerLayer.Of(layer, layers[index], plan.Devices))]);
}

/// <summary>One MoE layer of a plan.</summary>
/// <param name="Layer">Its number in the model.</param>
/// <param name="Reason">Why the layer is planned as it is.</param>
/// <param name="Replicas">Its replicas, by expert and copy.</param>
public sealed record PlanAnswerLayer(int Layer, string Reason, IReadOnlyList<PlanAnswerReplica> Replicas)
{
    internal static PlanAnswerLayer Of(PlanLayer layer, int number, IReadOnlyList<string> devices) => new(
        number,
        layer.Reason,
        [.. layer.Replicas.Chunk(PlanLayer.Numbers).Select(replica => new PlanAnswerReplica(replica[0], replica[1], devices[replica[2]]))]);
}

/// <summary>A replica of a plan.</summary>
/// <param name="Expert">Its expert within the layer.</param>
/// <param name="Replica">Which copy of the expert.</param>
/// <param name="Device">Name of its device.</param>
public sealed record PlanAnswerReplica(int Expert, int Replica, string Device);

/// <summary>How it is written and read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PlanAnswer))]
public sealed partial class PlanAnswerJson : JsonSerializerContext;
