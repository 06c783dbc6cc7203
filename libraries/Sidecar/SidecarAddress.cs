using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DaprMoE.Sidecar;

/// <summary>
/// Where the sidecar is and the tokens of both directions, by Dapr's own variables. The SDK reads these too, but once for a whole
/// process.
/// </summary>
/// <param name="Http">Its HTTP address.</param>
/// <param name="Grpc">Its gRPC address.</param>
/// <param name="ApiToken">What opens it; null: it is open.</param>
/// <param name="AppToken">What it shows to this app; null: nothing.</param>
internal sealed record SidecarAddress(Uri Http, Uri Grpc, string? ApiToken, string? AppToken)
{
    public static SidecarAddress Read(IConfiguration configuration) => new(
        Address(configuration, "DAPR_HTTP_ENDPOINT", "DAPR_HTTP_PORT", 3500),
        Address(configuration, "DAPR_GRPC_ENDPOINT", "DAPR_GRPC_PORT", 50001),
        Text(configuration, "DAPR_API_TOKEN"),
        Text(configuration, "APP_API_TOKEN"));

    /// <summary>The tokens stay out of logs.</summary>
    public override string ToString() => $"{Http} and {Grpc}";

    private static Uri Address(IConfiguration configuration, string endpointKey, string portKey, int defaultPort)
    {
        if (Text(configuration, endpointKey) is { } endpoint)
        {
            return Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? address) ? address : throw Fault(
                $"{endpointKey} is '{endpoint}'; give an address such as http://127.0.0.1:{defaultPort}.");
        }

        string text = Text(configuration, portKey) ?? defaultPort.ToString(CultureInfo.InvariantCulture);
        return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) && port > 0
            ? new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"))
            : throw Fault($"{portKey} is '{text}'; give a port from 1 to 65535.");
    }

    private static OptionsValidationException Fault(string sentence) =>
        new(SidecarOptions.Section, typeof(SidecarOptions), [sentence]);

    private static string? Text(IConfiguration configuration, string key) =>
        configuration[key] is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
}
