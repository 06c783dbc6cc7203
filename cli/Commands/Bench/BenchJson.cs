using System.Text.Json.Serialization;

namespace DaprMoE.Cli;

/// <summary>How <c>bench --json</c> writes its results.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BenchResult))]
[JsonSerializable(typeof(MachineResult))]
internal sealed partial class BenchJson : JsonSerializerContext;
