using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Chat;

[assembly: AssemblyFixture(typeof(DaprMoE.Api.Tests.SharedGateway))]

namespace DaprMoE.Api.Tests;

/// <summary>One gateway for all tests that don't stop it, with clients.</summary>
public sealed class SharedGateway : IAsyncLifetime
{
    /// <summary>The id of the served model.</summary>
    public const string Model = "tiny-moe";

    private GatewayProcess? _process;

    /// <summary>A client without manners: it shows what is on the wire.</summary>
    public HttpClient Http { get; } = new();

    /// <summary>OpenAI's client; retries are off, so that errors are seen.</summary>
    public OpenAIClient OpenAI { get; private set; } = null!;

    /// <summary>OpenAI's client for chats with the served model.</summary>
    public ChatClient Chat => OpenAI.GetChatClient(Model);

    public async ValueTask InitializeAsync()
    {
        _process = await GatewayProcess.StartAsync();
        Http.BaseAddress = _process.Address;
        OpenAI = new OpenAIClient(
            new ApiKeyCredential("none"),
            new OpenAIClientOptions { Endpoint = new Uri(_process.Address, "/v1"), RetryPolicy = new ClientRetryPolicy(maxRetries: 0) });
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }
}
