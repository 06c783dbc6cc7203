using Dapr.Workflow;
using DaprMoE.Ports;

namespace DaprMoE.Embedded;

/// <summary>One run: the workflow's code on a scheduler of its own, so that its continuations never run beside one another.</summary>
internal sealed class InProcessRun : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public InProcessRun(string workflow, string id, string? input)
    {
        (Workflow, Id, Input) = (workflow, id, input);
        Stopped = _stop.Token;
    }

    public string Workflow { get; }

    public string Id { get; }

    /// <summary>The input, as JSON.</summary>
    public string? Input { get; }

    /// <summary>What the workflow says about where it is, as JSON.</summary>
    public string? CustomStatus { get; set; }

    /// <summary>Cancelled when the run is to go no further.</summary>
    public CancellationToken Stopped { get; }

    /// <summary>Ends when the runner has let go of the run.</summary>
    public Task Left => _left.Task;

    public WorkflowRun Snapshot => new WorkflowRun(Id, Workflow, WorkflowRunStatus.Running, CustomStatus);

    /// <summary>Runs the workflow to its end, or until it is stopped or its time is over.</summary>
    public async Task<WorkflowRun> RunAsync(IWorkflow code, RunServices services, TimeSpan timeout)
    {
        Task<object?>? running = null;
        try
        {
            await services.Ready(Stopped).ConfigureAwait(false);
            running = Start(code, services);
            object? output = await running.WaitAsync(timeout, services.Time, Stopped).ConfigureAwait(false);
            return Ended(WorkflowRunStatus.Completed, output: WorkflowJson.Write(output));
        }
        catch (OperationCanceledException) when (Stopped.IsCancellationRequested)
        {
            return Ended(WorkflowRunStatus.Terminated);
        }
        catch (TimeoutException) when (running is { IsCompleted: false })
        {
            return Ended(WorkflowRunStatus.Failed, failure: $"TimeoutException: it did not end within {timeout}.");
        }
        catch (Exception exception)
        {
            return Ended(WorkflowRunStatus.Failed, failure: $"{exception.GetType().Name}: {exception.Message}");
        }
        finally
        {
            // What the workflow began and did not wait for goes no further either.
            Stop();
        }
    }

    public void Stop() => _stop.Cancel();

    /// <summary>Says that the runner has let go of it. It is not disposed, since somebody may be about to stop it.</summary>
    public void Leave() => _left.TrySetResult();

    public void Dispose() => _stop.Dispose();

    private Task<object?> Start(IWorkflow code, RunServices services) => Task.Factory.StartNew(
        () => code.RunAsync(new InProcessContext(this, services), WorkflowJson.Read(Input, code.InputType)),
        Stopped,
        TaskCreationOptions.DenyChildAttach,
        new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler).Unwrap();

    private WorkflowRun Ended(WorkflowRunStatus status, string? output = null, string? failure = null) =>
        new(Id, Workflow, status, CustomStatus, output, failure);
}
