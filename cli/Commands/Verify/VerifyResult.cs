using System.Text.Json.Serialization;

namespace DaprMoE.Cli;

/// <summary>What <c>verify</c> found.</summary>
internal sealed record VerifyResult(string Folder, string Kind, IReadOnlyList<Check> Checks)
{
    public bool Ok => Failed == 0 && Checks.Count > 0;

    public int Passed => Checks.Count(check => check.Ok);

    public int NotSupported => Checks.Count(check => !check.Supported);

    public int Failed => Checks.Count - Passed;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    WriteIndented = true)]
[JsonSerializable(typeof(VerifyResult))]
internal sealed partial class VerifyJson : JsonSerializerContext;
