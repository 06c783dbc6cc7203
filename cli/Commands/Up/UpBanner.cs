using System.Text.Json.Serialization;

namespace DaprMoE.Cli;

/// <summary>What <c>up</c> says once everything is started.</summary>
/// <param name="Started">The processes, of which those of the services and sidecars are children of the last.</param>
internal sealed record UpBanner(IReadOnlyList<StartedProcess> Started)
{
    public static void Write(Terminal terminal, IReadOnlyList<StartedProcess> started, bool json)
    {
        if (json)
        {
            JsonOutput.Write(terminal, new UpBanner(started), UpJson.Default.UpBanner);
            return;
        }

        terminal.Out.WriteLine("The services of dapr/dapr.yaml are starting; logs are in .dapr/logs. Ctrl-C, or `daprmoe down` elsewhere, ends them.");
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(UpBanner))]
internal sealed partial class UpJson : JsonSerializerContext;
