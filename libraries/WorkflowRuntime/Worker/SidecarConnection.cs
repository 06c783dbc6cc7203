using System.Globalization;
using Dapr.Workflow.Protocol;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Extensions.Configuration;

namespace Dapr.Workflow;

/// <summary>
/// The way to the sidecar: environment or configuration name it by <c>DAPR_GRPC_ENDPOINT</c>, or <c>DAPR_GRPC_PORT</c> on this machine,
/// and <c>DAPR_API_TOKEN</c> opens it.
/// </summary>
internal sealed class SidecarConnection : IDisposable
{
    private const int DefaultPort = 50001;
    private readonly GrpcChannel? _channel;

    public SidecarConnection(WorkflowRuntimeOptions options, IConfiguration configuration)
    {
        Address = AddressOf(configuration);
        _channel = GrpcChannel.ForAddress(Address, options.GrpcChannelOptions ?? DefaultOptions());
        string? token = configuration["DAPR_API_TOKEN"];
        CallInvoker calls = string.IsNullOrEmpty(token) ? _channel.CreateCallInvoker() : _channel.Intercept(headers =>
        {
            headers.Add("dapr-api-token", token);
            return headers;
        });
        Client = new TaskHubSidecarService.TaskHubSidecarServiceClient(calls);
    }

    /// <summary>Goes by calls of one's own.</summary>
    public SidecarConnection(Uri address, CallInvoker calls) =>
        (Address, Client) = (address, new TaskHubSidecarService.TaskHubSidecarServiceClient(calls));

    public Uri Address { get; }

    public TaskHubSidecarService.TaskHubSidecarServiceClient Client { get; }

    public void Dispose() => _channel?.Dispose();

    private static Uri AddressOf(IConfiguration configuration)
    {
        if (configuration["DAPR_GRPC_ENDPOINT"] is { Length: > 0 } endpoint)
        {
            return Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? address) ? address : throw new InvalidOperationException(
                $"DAPR_GRPC_ENDPOINT is '{endpoint}'; give an address such as http://127.0.0.1:{DefaultPort}.");
        }

        string text = configuration["DAPR_GRPC_PORT"] is { Length: > 0 } given ? given : DefaultPort.ToString(CultureInfo.InvariantCulture);
        return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) && port > 0
            ? new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"))
            : throw new InvalidOperationException($"DAPR_GRPC_PORT is '{text}'; give a port from 1 to 65535.");
    }

    /// <summary>
    /// Nothing ends a quiet stream: there is no timeout on it, and pings show whether the sidecar is still there. The sidecar allows one
    /// each 8 s. It alone bounds messages.
    /// </summary>
    private static GrpcChannelOptions DefaultOptions() => new()
    {
        MaxReceiveMessageSize = null,
        MaxSendMessageSize = null,
        ThrowOperationCanceledOnCancellation = true,
        DisposeHttpClient = true,
        InitialReconnectBackoff = TimeSpan.FromMilliseconds(200),
        MaxReconnectBackoff = TimeSpan.FromSeconds(5),
        HttpHandler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(5),
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        },
    };
}
