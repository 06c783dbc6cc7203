using System.Text.Json.Serialization;

namespace DaprMoE.Ports;

/// <summary>Serialisation without reflection of what goes over the bus and into state as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(VersionEvent))]
[JsonSerializable(typeof(PlanDocument))]
internal sealed partial class PortsJson : JsonSerializerContext;
