using Dapr.Workflow;
using DaprMoE.Ports;

namespace DaprMoE.Embedded;

/// <summary>One run: the workflow's code on a scheduler of its own, so that its continuations never run beside one another.</summary>
internal sealed class InProcessRun(string workflow, string id, string? input) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private volatile WorkflowRun? _ended;

    public string Workflow => workflow;

    public string Id => id;

    /// <summary>The input, as JSON.</summary>
    public string? Input => input;

    /// <summary>What the workflow says about where it is, as JSON.</summary>
    public string? CustomStatus { get; set; }

    /// <summary>Cancelled when the run is to go no further.</summary>
    public CancellationToken Stopped => _stop.Token;

    public WorkflowRun Snapshot => _ended ?? new WorkflowRun(id, workflow, WorkflowRunStatus.Running, CustomStatus);

    /// <summary>Runs the workflow to its end, or until it is stopped or its time is over.</summary>
    public async Task<WorkflowRun> RunAsync(IWorkflow code, RunServices services, TimeSpan timeout)
    {
        try
        {
            object? output = await Start(code, services).WaitAsync(timeout, services.Time, Stopped).ConfigureAwait(false);
            return _ended = Ended(WorkflowRunStatus.Completed, output: WorkflowJson.Write(output));
        }
        catch (OperationCanceledException) when (Stopped.IsCancellationRequested)
        {
            return _ended = Ended(WorkflowRunStatus.Terminated);
        }
        catch (Exception exception)
        {
            Stop();
            return _ended = Ended(WorkflowRunStatus.Failed, failure: $"{exception.GetType().Name}: {exception.Message}");
        }
    }

    public void Stop() => _stop.Cancel();

    public void Dispose() => _stop.Dispose();

    private Task<object?> Start(IWorkflow code, RunServices services) => Task.Factory.StartNew(
        () => code.RunAsync(new InProcessContext(this, services), WorkflowJson.Read(input, code.InputType)),
        Stopped,
        TaskCreationOptions.DenyChildAttach,
        new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler).Unwrap();

    private WorkflowRun Ended(WorkflowRunStatus status, string? output = null, string? failure = null) =>
        new(id, workflow, status, CustomStatus, output, failure);
}
