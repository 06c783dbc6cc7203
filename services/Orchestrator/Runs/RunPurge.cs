using Dapr.Workflow;
using DaprMoE.Ports;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace DaprMoE.Orchestrator;

/// <summary>Purges runs a while after they have ended, so that state does not grow; looks every 30 s.</summary>
internal sealed partial class RunPurge(
    DaprWorkflowClient client,
    RunLedger ledger,
    IOptions<OrchestratorOptions> options,
    TimeProvider clock,
    ILogger<RunPurge> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>How long a start may take to become a run that can be seen.</summary>
    private static readonly TimeSpan StartTime = TimeSpan.FromMinutes(5);

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        List<LedgerEntry> gone = [];
        foreach (LedgerEntry entry in await ledger.ReadAsync(cancellationToken))
        {
            if (await TryPurgeAsync(entry, cancellationToken))
            {
                gone.Add(entry);
            }
        }

        await ledger.RemoveAsync(gone, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (StateStoreException exception)
            {
                LogFault(exception.Message);
            }
        }
    }

    /// <summary>One run that can't be looked at keeps no other from being purged.</summary>
    private async Task<bool> TryPurgeAsync(LedgerEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            return await IsGoneAsync(entry, cancellationToken);
        }
        catch (RpcException exception)
        {
            LogFault(exception.Message);
            return false;
        }
    }

    private async Task<bool> IsGoneAsync(LedgerEntry entry, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        WorkflowState? state = await client.GetWorkflowStateAsync(entry.Id, getInputsAndOutputs: false, cancellationToken);
        if (state is null)
        {
            return now - entry.StartedAt >= StartTime;
        }

        bool isOver = state.IsWorkflowCompleted && now - state.LastUpdatedAt >= TimeSpan.FromSeconds(options.Value.KeepSeconds);
        return isOver && await client.PurgeInstanceAsync(entry.Id, cancellationToken);
    }

    [LoggerMessage(3101, LogLevel.Warning, "Runs that have ended are not purged now: {Fault} The next look tries again.")]
    private partial void LogFault(string fault);
}
