using Dapr.Workflow;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DaprMoE.Dapr.Tests;

/// <summary>A process's worth of worker and client in this process. Stopping it closes its connections, as a kill does.</summary>
internal sealed class ClientHost : IAsyncDisposable
{
    private readonly IHost _host;

    private ClientHost(IHost host) => _host = host;

    public DaprWorkflowClient Client => _host.Services.GetRequiredService<DaprWorkflowClient>();

    /// <summary>Without workflows it is a client only.</summary>
    public static async Task<ClientHost> StartAsync(
        Sidecar sidecar, Action<WorkflowRuntimeOptions>? register = null, Action<IServiceCollection>? services = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("DAPR_GRPC_PORT", (string?)sidecar.GrpcPort)]);
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        services?.Invoke(builder.Services);
        builder.Services.AddDaprWorkflow(register ?? (_ => { }));
        if (register is null)
        {
            builder.Services.Remove(builder.Services.Single(service => service.ServiceType == typeof(IHostedService)));
        }

        ClientHost client = new(builder.Build());
        await client._host.StartAsync(TestContext.Current.CancellationToken);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _host.StopAsync(CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // An activity that never ends outlives the time for a stop, as it is meant to.
        }

        _host.Dispose();
    }
}
