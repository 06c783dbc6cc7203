using Microsoft.Extensions.Logging;

namespace Dapr.Workflow;

/// <summary>One run of a workflow, as its code sees it. Every member is to be used from the workflow's own code only.</summary>
public abstract class WorkflowContext
{
    /// <summary>The workflow's name.</summary>
    public abstract string Name { get; }

    /// <summary>The run's id.</summary>
    public abstract string InstanceId { get; }

    /// <summary>The time, the same in every replay of this place of the code.</summary>
    public abstract DateTime CurrentUtcDateTime { get; }

    /// <summary>Whether the code runs again over what has happened already.</summary>
    public abstract bool IsReplaying { get; }

    /// <summary>Calls an activity.</summary>
    /// <param name="name">The activity's name: that of its class, unless it was registered by another.</param>
    /// <param name="input">The input; serialised as JSON.</param>
    /// <param name="options">Retries, and where the activity runs.</param>
    /// <exception cref="WorkflowTaskFailedException">The activity failed, and its retries too.</exception>
    public virtual Task CallActivityAsync(string name, object? input = null, WorkflowTaskOptions? options = null) =>
        CallActivityAsync<object>(name, input, options);

    /// <summary>Calls an activity.</summary>
    /// <typeparam name="T">Type of the activity's output.</typeparam>
    /// <param name="name">The activity's name: that of its class, unless it was registered by another.</param>
    /// <param name="input">The input; serialised as JSON.</param>
    /// <param name="options">Retries, and where the activity runs.</param>
    /// <exception cref="WorkflowTaskFailedException">The activity failed, and its retries too.</exception>
    public abstract Task<T> CallActivityAsync<T>(string name, object? input = null, WorkflowTaskOptions? options = null);

    /// <summary>A durable timer.</summary>
    /// <param name="delay">From <see cref="CurrentUtcDateTime"/> on.</param>
    /// <param name="cancellationToken">Gives the wait up. Cancel it from the workflow's code, and not by <c>CancelAsync</c>.</param>
    public virtual Task CreateTimer(TimeSpan delay, CancellationToken cancellationToken = default) =>
        CreateTimer(CurrentUtcDateTime.Add(delay), cancellationToken);

    /// <summary>A durable timer.</summary>
    /// <param name="fireAt">When it ends, UTC.</param>
    /// <param name="cancellationToken">Gives the wait up. Cancel it from the workflow's code, and not by <c>CancelAsync</c>.</param>
    public abstract Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken);

    /// <summary>Runs another workflow as a part of this one; it ends with it.</summary>
    /// <param name="workflowName">The workflow's name.</param>
    /// <param name="input">The input; serialised as JSON.</param>
    /// <param name="options">Its id, retries, and where it runs.</param>
    /// <exception cref="WorkflowTaskFailedException">It failed, and its retries too.</exception>
    public virtual Task CallChildWorkflowAsync(string workflowName, object? input = null, ChildWorkflowTaskOptions? options = null) =>
        CallChildWorkflowAsync<object>(workflowName, input, options);

    /// <summary>Runs another workflow as a part of this one; it ends with it.</summary>
    /// <typeparam name="TResult">Type of its output.</typeparam>
    /// <param name="workflowName">The workflow's name.</param>
    /// <param name="input">The input; serialised as JSON.</param>
    /// <param name="options">Its id, retries, and where it runs.</param>
    /// <exception cref="WorkflowTaskFailedException">It failed, and its retries too.</exception>
    public abstract Task<TResult> CallChildWorkflowAsync<TResult>(
        string workflowName, object? input = null, ChildWorkflowTaskOptions? options = null);

    /// <summary>Says where the run is; whoever asks for the run's state sees it.</summary>
    /// <param name="customStatus">Serialised as JSON; null clears it.</param>
    public abstract void SetCustomStatus(object? customStatus);

    /// <summary>A logger that writes nothing while <see cref="IsReplaying"/>.</summary>
    /// <param name="categoryName">Its category.</param>
    public abstract ILogger CreateReplaySafeLogger(string categoryName);

    /// <inheritdoc cref="CreateReplaySafeLogger(string)"/>
    /// <param name="type">Names the category.</param>
    public abstract ILogger CreateReplaySafeLogger(Type type);

    /// <inheritdoc cref="CreateReplaySafeLogger(string)"/>
    /// <typeparam name="T">Names the category.</typeparam>
    public abstract ILogger CreateReplaySafeLogger<T>();

    /// <summary>An id, the same in every replay of this place of the code.</summary>
    public abstract Guid NewGuid();
}
