namespace DaprMoE.Ports;

/// <summary>Starts workflows and follows them, wherever they run: in this process, or in the orchestrator on Dapr.</summary>
public interface IWorkflowStarter
{
    /// <summary>
    /// Starts a run. It is kept across restarts: one that is cut off goes on, or begins again from its input, so what its activities do
    /// is idempotent.
    /// </summary>
    /// <param name="workflow">Name of the workflow's class.</param>
    /// <param name="id">
    /// Names the run: 1 … 64 letters, digits, <c>-</c> or <c>_</c>. That of a run that has ended can be used again.
    /// </param>
    /// <param name="input">The input; serialised as JSON.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when a run of this id is under way; nothing was started.</returns>
    /// <exception cref="ArgumentException">There is no such workflow, or the id is not allowed.</exception>
    /// <exception cref="WorkflowStartException">It can't be started now; the message says why.</exception>
    Task<bool> StartAsync(string workflow, string id, object? input, CancellationToken cancellationToken);

    /// <summary>A run.</summary>
    /// <param name="id">The run's id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when there is none, or it ended so long ago that it was forgotten.</returns>
    /// <exception cref="WorkflowStartException">Where workflows run can't be reached now.</exception>
    Task<WorkflowRun?> GetAsync(string id, CancellationToken cancellationToken);

    /// <summary>Ends a run where it is; it does not compensate. Without effect for one that has ended or is not there.</summary>
    /// <param name="id">The run's id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="WorkflowStartException">Where workflows run can't be reached now.</exception>
    Task TerminateAsync(string id, CancellationToken cancellationToken);
}
