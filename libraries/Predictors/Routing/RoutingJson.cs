using System.Text.Json.Serialization;

namespace DaprMoE.Predictors;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RoutingHeader))]
[JsonSerializable(typeof(RoutingIteration))]
internal sealed partial class RoutingJson : JsonSerializerContext;
