using System.Text.Json;
using Dapr.Workflow;
using DaprMoE.Ports;
using DaprMoE.Sidecar;
using Grpc.Core;

namespace DaprMoE.Orchestrator;

/// <summary>The runs of all workflows, by the sidecar's engine.</summary>
internal sealed class WorkflowRuns(DaprWorkflowClient client, RunLedger ledger, KnownWorkflows known, TimeProvider clock)
{
    /// <summary>Starts a run; the id of one that has ended can be used again.</summary>
    /// <returns>False when a run of this id is under way.</returns>
    /// <exception cref="ArgumentException">The id is not allowed.</exception>
    /// <exception cref="UnknownWorkflowException">There is no such workflow.</exception>
    /// <exception cref="WorkflowStartException">As many runs as may be are there.</exception>
    public async Task<bool> StartAsync(string id, OrchestratorApi.Start start, CancellationToken cancellationToken)
    {
        RunIds.Require(id);
        if (!known.Contains(start.Workflow))
        {
            throw new UnknownWorkflowException($"There is no workflow '{start.Workflow}'; there is {known}.");
        }

        WorkflowState? before = await client.GetWorkflowStateAsync(id, getInputsAndOutputs: false, cancellationToken);
        if (before is { IsWorkflowCompleted: false })
        {
            return false;
        }

        if (before is not null)
        {
            await client.PurgeInstanceAsync(id, cancellationToken);
        }

        // Noted before it begins: a run that nobody knows of is never purged.
        await ledger.AddAsync(new LedgerEntry(id, start.Workflow, clock.GetUtcNow()), cancellationToken);
        try
        {
            await client.ScheduleNewWorkflowAsync(start.Workflow, id, start.Input, startTime: null, cancellationToken);
            return true;
        }
        catch (RpcException exception) when (exception.Status.Detail.Contains("already exists", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }
    }

    /// <summary>A run; null when there is none.</summary>
    public async Task<WorkflowRun?> GetAsync(string id, CancellationToken cancellationToken)
    {
        RunIds.Require(id);
        WorkflowState? state = await client.GetWorkflowStateAsync(id, cancellation: cancellationToken);
        if (state is null)
        {
            return null;
        }

        IReadOnlyList<LedgerEntry> entries = await ledger.ReadAsync(cancellationToken);
        string workflow = entries.LastOrDefault(entry => entry.Id == id)?.Workflow ?? "";
        WorkflowRunStatus status = Status(state.RuntimeStatus);
        return new WorkflowRun(
            id,
            workflow,
            status,
            Json(state.ReadCustomStatusAs<JsonElement?>()),
            status == WorkflowRunStatus.Completed ? Json(state.ReadOutputAs<JsonElement?>()) : null,
            status == WorkflowRunStatus.Failed ? state.FailureDetails?.ErrorMessage ?? "It is not said why." : null);
    }

    /// <summary>Ends a run where it is; without effect for one that has ended or is not there.</summary>
    public async Task TerminateAsync(string id, CancellationToken cancellationToken)
    {
        RunIds.Require(id);
        if (await client.GetWorkflowStateAsync(id, getInputsAndOutputs: false, cancellationToken) is { IsWorkflowCompleted: false })
        {
            await client.TerminateWorkflowAsync(id, cancellation: cancellationToken);
        }
    }

    /// <summary>Forgets a run that has ended.</summary>
    /// <returns>False when it has not ended.</returns>
    public async Task<bool> PurgeAsync(string id, CancellationToken cancellationToken)
    {
        RunIds.Require(id);
        WorkflowState? state = await client.GetWorkflowStateAsync(id, getInputsAndOutputs: false, cancellationToken);
        if (state is { IsWorkflowCompleted: false })
        {
            return false;
        }

        await client.PurgeInstanceAsync(id, cancellationToken);
        IReadOnlyList<LedgerEntry> entries = await ledger.ReadAsync(cancellationToken);
        await ledger.RemoveAsync([.. entries.Where(entry => entry.Id == id)], cancellationToken);
        return true;
    }

    private static WorkflowRunStatus Status(WorkflowRuntimeStatus status) => status switch
    {
        WorkflowRuntimeStatus.Completed => WorkflowRunStatus.Completed,
        WorkflowRuntimeStatus.Failed => WorkflowRunStatus.Failed,
        WorkflowRuntimeStatus.Terminated or WorkflowRuntimeStatus.Canceled => WorkflowRunStatus.Terminated,
        _ => WorkflowRunStatus.Running,
    };

    private static string? Json(JsonElement? value) => value is { ValueKind: not JsonValueKind.Null } json ? json.GetRawText() : null;
}
