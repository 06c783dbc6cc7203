using Dapr.Client;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DaprMoE.Sidecar;

/// <summary>
/// Whether the sidecar answers, asked every two seconds. It asks for what does not depend on this app (<c>healthz/outbound</c>): the
/// sidecar in turn waits for the app.
/// </summary>
public sealed partial class SidecarHealth : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private readonly DaprClient _dapr;
    private readonly SidecarAddress _address;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private volatile string? _fault;

    internal SidecarHealth(DaprClient dapr, SidecarAddress address, TimeProvider clock, ILogger<SidecarHealth> logger)
    {
        (_dapr, _address, _clock, _logger) = (dapr, address, clock, logger);
        _fault = NotYet;
    }

    /// <summary>Why the sidecar can't be used, a sentence with its full stop; null while it can.</summary>
    public string? Fault => _fault;

    private string NotYet => $"The Dapr sidecar at {_address.Http} does not answer; start it, it is waited for.";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval, _clock);
        do
        {
            Note(await AsksAsync(stoppingToken).ConfigureAwait(false));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private async Task<bool> AsksAsync(CancellationToken stoppingToken)
    {
        using Deadline deadline = new(Interval, _clock, stoppingToken);
        try
        {
            return await _dapr.CheckOutboundHealthAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (deadline.IsFault(exception))
        {
            return false;
        }
    }

    private void Note(bool answers)
    {
        bool did = _fault is null;
        _fault = answers ? null : NotYet;
        if (answers && !did)
        {
            LogThere(_address.Http);
        }
        else if (!answers && did)
        {
            LogLost(_address.Http);
        }
    }

    [LoggerMessage(3010, LogLevel.Information, "The Dapr sidecar at {Address} answers.")]
    private partial void LogThere(Uri address);

    [LoggerMessage(3011, LogLevel.Warning, "The Dapr sidecar at {Address} no longer answers; it is waited for.")]
    private partial void LogLost(Uri address);
}
