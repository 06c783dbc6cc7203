using DaprMoE.Gateway;
using DaprMoE.Ports;
using DaprMoE.ServiceDefaults;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace DaprMoE.Cli;

/// <summary>Runs the services of one process until it is told to stop.</summary>
internal sealed class ServerHost(CommandEnvironment environment, bool json, bool verbose)
{
    private readonly TaskCompletionSource<ServedModel> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Prompts to send to the server once it serves; null: none are sent.</summary>
    public IReadOnlyList<Prompt>? DemoPrompts { get; init; }

    /// <summary>Serves.</summary>
    /// <param name="configure">Settings of the command line.</param>
    /// <param name="stateFile">The state file of the command line; null: a default.</param>
    /// <param name="cancellationToken">Stops the server; that is no failure.</param>
    public async Task<int> RunAsync(Action<GatewayOptions> configure, string? stateFile, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        ConfigureLogging(builder);
        builder.AddServer(OpenAsync, configure, stateFile);
        try
        {
            await using WebApplication app = builder.Build().MapGateway();
            // Opened here, so that a file that can't be used ends the start before a model is opened.
            _ = app.Services.GetService<IStateStore>();
            app.Lifetime.ApplicationStarted.Register(() => WarnOfRemote(app.Urls));
            app.Lifetime.ApplicationStarted.Register(() => _ = AnnounceAsync(app));
            using CancellationTokenRegistration stopping = cancellationToken.Register(
                () => environment.Terminal.Error.WriteLine("Stopping: running answers are finished first; Ctrl-C again ends at once."));
            return await app.RunGatewayAsync(cancellationToken) is { } failure
                ? throw new AggregateException(failure)
                : ExitCodes.Success;
        }
        catch (OptionsValidationException exception)
        {
            throw CommandException.Usage(string.Join(" ", exception.Failures));
        }
    }

    /// <summary>Logs go to standard error; what ends the process is said by the command itself, in one line.</summary>
    private void ConfigureLogging(WebApplicationBuilder builder)
    {
        builder.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(verbose ? LogLevel.Information : LogLevel.Error);
        if (!verbose)
        {
            builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        }
    }

    private Task<ServedModel> OpenAsync(GatewayOptions options, OpeningServices services, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(
            () =>
            {
                ServedModel model = ModelOpening.Open(options, services, environment, cancellationToken);
                _opened.SetResult(model);
                return model;
            },
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    // The log says it too, at a level that only --verbose shows; this must not go unseen.
    private void WarnOfRemote(IEnumerable<string> addresses)
    {
        foreach (string address in addresses.Where(address => !verbose && ListenAddress.TryParse(address) is { IsLoopback: false }))
        {
            environment.Terminal.Error.WriteLine($"daprmoe: {address} is open to other machines, and whoever reaches it may use it.");
        }
    }

    private async Task AnnounceAsync(WebApplication app)
    {
        ServedModel model = await _opened.Task;
        bool hasDashboard = app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.Dashboard;
        ServeBanner banner = new([.. app.Urls], model.Id, model.Template is not null, hasDashboard);
        if (json)
        {
            JsonOutput.Write(environment.Terminal, banner, ServeJson.Default.ServeBanner);
        }
        else
        {
            banner.Write(environment.Terminal.Out);
        }

        await DemonstrateAsync(app);
    }

    private async Task DemonstrateAsync(WebApplication app)
    {
        if (DemoPrompts is not null)
        {
            using DemoTraffic traffic = new(new Uri(app.Urls.First()), DemoPrompts, environment.Clock);
            await traffic.RunAsync(app.Lifetime.ApplicationStopping);
        }
    }
}
