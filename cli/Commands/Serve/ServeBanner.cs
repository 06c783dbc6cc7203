using System.Text.Json.Serialization;

namespace DaprMoE.Cli;

/// <summary>What <c>serve</c> says once requests are served.</summary>
/// <param name="Urls">Where it listens.</param>
/// <param name="Model">The id of the model.</param>
/// <param name="Chat">Whether it has a chat template.</param>
/// <param name="Dashboard">Whether the dashboard is served.</param>
internal sealed record ServeBanner(IReadOnlyList<string> Urls, string Model, bool Chat, bool Dashboard)
{
    public void Write(TextWriter writer)
    {
        string url = Urls[0];
        writer.WriteLine($"Serving {Model} on {string.Join(", ", Urls)} (Ctrl-C stops)");
        if (Dashboard)
        {
            writer.WriteLine($"Dashboard: {url}/");
        }

        writer.WriteLine();
        writer.WriteLine("Try:");
        writer.WriteLine(Chat
            ? $"  curl {url}/v1/chat/completions -d '{{\"messages\":[{{\"role\":\"user\",\"content\":\"Hello\"}}]}}' -H 'Content-Type: application/json'"
            : $"  curl {url}/v1/completions -d '{{\"prompt\":\"Once upon a time\"}}' -H 'Content-Type: application/json'");
        writer.WriteLine($"  curl {url}/v1/models");
        writer.WriteLine($"  curl {url}/metrics");
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ServeBanner))]
internal sealed partial class ServeJson : JsonSerializerContext;
