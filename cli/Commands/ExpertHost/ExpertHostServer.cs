using DaprMoE.ExpertHost;
using DaprMoE.Experts;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace DaprMoE.Cli;

/// <summary>Runs an expert host until it is told to stop.</summary>
internal sealed class ExpertHostServer(CommandEnvironment environment, bool json, bool verbose)
{
    /// <summary>Hosts.</summary>
    /// <param name="configure">Settings of the command line.</param>
    /// <param name="cancellationToken">Stops the host; that is no failure.</param>
    public async Task<int> RunAsync(Action<ExpertHostSettings> configure, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        ConfigureLogging(builder);
        using ProgressLine progress = new(environment.Terminal, environment.Clock);
        builder.AddExpertHost(configure, new PackReport(progress));
        try
        {
            await using WebApplication app = builder.Build().MapExpertHost();
            _ = AnnounceAsync(app, progress);
            using CancellationTokenRegistration stopping = cancellationToken.Register(
                () => environment.Terminal.Error.WriteLine("Stopping: running calls are finished first; Ctrl-C again ends at once."));
            return await app.RunExpertHostAsync(cancellationToken) is { } failure ? throw Explained(failure) : ExitCodes.Success;
        }
        catch (OptionsValidationException exception)
        {
            throw CommandException.Usage(string.Join(" ", exception.Failures));
        }
    }

    private static Exception Explained(Exception failure) =>
        failure is ExpertTooLargeException ? CommandException.Usage(failure.Message) : new AggregateException(failure);

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

    private async Task AnnounceAsync(WebApplication app, ProgressLine progress)
    {
        HostedExpertsInfo host = await app.WhenReadyAsync();
        progress.Dispose();
        ExpertHostBanner banner = new([.. app.Urls], host.Name, host.Model, host.Backend, host.Devices);
        if (json)
        {
            JsonOutput.Write(environment.Terminal, banner, ExpertHostJson.Default.ExpertHostBanner);
        }
        else
        {
            banner.Write(environment.Terminal.Out);
        }
    }
}
