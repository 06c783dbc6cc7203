using System.Text.Json.Serialization;
using DaprMoE.ExpertHost;

namespace DaprMoE.Cli;

/// <summary>What <c>expert-host</c> says once calls are taken.</summary>
/// <param name="Urls">Where it listens.</param>
/// <param name="Name">The host's name.</param>
/// <param name="Model">Fingerprint of its model.</param>
/// <param name="Backend">What computes the experts.</param>
/// <param name="Devices">Its devices.</param>
internal sealed record ExpertHostBanner(
    IReadOnlyList<string> Urls, string Name, string Model, string Backend, IReadOnlyList<HostedDevice> Devices)
{
    public void Write(TextWriter writer)
    {
        string url = Urls[0];
        writer.WriteLine($"Expert host {Name} on {string.Join(", ", Urls)} (Ctrl-C stops)");
        foreach (HostedDevice device in Devices)
        {
            writer.WriteLine($"  {device.Name}: {Backend}, {Quantity.Bytes(device.MemoryBytes)} for experts");
        }

        writer.WriteLine();
        writer.WriteLine("Use it:");
        writer.WriteLine($"  daprmoe serve --expert-hosts {(url.StartsWith("http://", StringComparison.Ordinal) ? new Uri(url).Authority : url)}");
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ExpertHostBanner))]
internal sealed partial class ExpertHostJson : JsonSerializerContext;
