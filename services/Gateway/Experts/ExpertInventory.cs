using System.Text.Json.Serialization;

namespace DaprMoE.Gateway;

/// <summary>The experts of a served model at one moment; the answer of <c>GET /v1/experts</c>.</summary>
/// <param name="Policy">What decides where they are.</param>
/// <param name="PlanVersion">The plan that is followed; 0 before the first.</param>
/// <param name="Devices">The devices, by number.</param>
/// <param name="Data">The replicas that hold memory, by layer, expert and copy.</param>
public sealed record ExpertInventory(
    string Policy, long PlanVersion, IReadOnlyList<DeviceInventory> Devices, IReadOnlyList<ExpertInstance> Data)
{
    /// <summary>What OpenAI's API calls such an answer.</summary>
    [JsonPropertyName("object")]
    public string Kind => "list";
}

/// <summary>How it is written and read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ExpertInventory))]
public sealed partial class ExpertJson : JsonSerializerContext;
