using System.Text.Json.Serialization;

namespace DaprMoE.Cli;

/// <summary>What a program reads with <c>--json</c> in place of a result.</summary>
internal sealed record ErrorResult(ErrorDetail Error)
{
    public static void Write(Terminal terminal, string message, int exitCode) =>
        JsonOutput.Write(terminal, new ErrorResult(new ErrorDetail(message, exitCode)), ErrorJson.Default.ErrorResult);
}

/// <summary>What went wrong, and the exit code that says of which kind it is.</summary>
internal sealed record ErrorDetail(string Message, int ExitCode);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ErrorResult))]
internal sealed partial class ErrorJson : JsonSerializerContext;
