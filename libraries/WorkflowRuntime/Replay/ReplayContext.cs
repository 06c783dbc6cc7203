using System.Globalization;
using Dapr.Workflow.Protocol;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;

namespace Dapr.Workflow;

/// <summary>A run's context in one turn.</summary>
internal sealed class ReplayContext(string instanceId, ExecutionStartedEvent started, TurnDispatcher dispatcher, ILoggerFactory loggers)
    : WorkflowContext
{
    private int _guids;

    public override string Name => started.Name;

    public override string InstanceId => instanceId;

    public override DateTime CurrentUtcDateTime => Now;

    public override bool IsReplaying => Replaying;

    /// <summary>The steps that the code asks for.</summary>
    public Steps Steps { get; } = new(started.Name, instanceId);

    /// <summary>The time of the turn whose events are applied.</summary>
    public DateTime Now { get; set; }

    /// <summary>Whether the events that are applied were committed before this turn.</summary>
    public bool Replaying { get; set; }

    /// <summary>As JSON.</summary>
    public string? CustomStatus { get; private set; }

    public override Task<T> CallActivityAsync<T>(string name, object? input = null, WorkflowTaskOptions? options = null)
    {
        RequireTurn();
        ArgumentException.ThrowIfNullOrEmpty(name);
        string? json = Payload.Write(input);
        string execution = Unique("task", Steps.NextId).ToString();
        return CallAsync<T>(
            StepKind.Activity,
            name,
            options,
            () => new WorkflowAction { ScheduleTask = new ScheduleTaskAction { Name = name, Input = json, TaskExecutionId = execution } },
            new CreateTimerAction { ActivityRetry = new TimerOriginActivityRetry { TaskExecutionId = execution } });
    }

    public override Task<TResult> CallChildWorkflowAsync<TResult>(
        string workflowName, object? input = null, ChildWorkflowTaskOptions? options = null)
    {
        RequireTurn();
        ArgumentException.ThrowIfNullOrEmpty(workflowName);
        string? json = Payload.Write(input);
        // All attempts of one call have the same id: that of a child which has ended can be used again.
        string id = options?.InstanceId ?? string.Create(CultureInfo.InvariantCulture, $"{instanceId}:{Steps.NextId:x4}");
        return CallAsync<TResult>(
            StepKind.ChildWorkflow,
            workflowName,
            options,
            () => new WorkflowAction
            {
                CreateChildWorkflow = new CreateChildWorkflowAction { InstanceId = id, Name = workflowName, Input = json },
            },
            new CreateTimerAction { ChildWorkflowRetry = new TimerOriginChildWorkflowRetry { InstanceId = id } });
    }

    public override async Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        RequireTurn();
        cancellationToken.ThrowIfCancellationRequested();
        Step timer = AddTimer(fireAt, new CreateTimerAction { CreateTimer = new TimerOriginCreateTimer() });
        using CancellationTokenRegistration given = cancellationToken.Register(() => Steps.Cancel(timer, cancellationToken));
        await timer.Result;
    }

    public override void SetCustomStatus(object? customStatus)
    {
        RequireTurn();
        CustomStatus = Payload.Write(customStatus);
    }

    public override ILogger CreateReplaySafeLogger(string categoryName) => new ReplaySafeLogger(loggers.CreateLogger(categoryName), this);

    public override ILogger CreateReplaySafeLogger(System.Type type) => new ReplaySafeLogger(loggers.CreateLogger(type), this);

    public override ILogger CreateReplaySafeLogger<T>() => new ReplaySafeLogger(loggers.CreateLogger<T>(), this);

    public override Guid NewGuid()
    {
        RequireTurn();
        return Unique("guid", _guids++);
    }

    private async Task<T> CallAsync<T>(
        StepKind kind, string name, WorkflowTaskOptions? options, Func<WorkflowAction> attempt, CreateTimerAction retry)
    {
        RetryDelays delays = new(options?.RetryPolicy, Now);
        while (true)
        {
            WorkflowAction action = attempt();
            action.Router = options?.TargetAppId is { } app ? new TaskRouter { TargetAppID = app } : null;
            StepResult result = await Steps.Add(kind, name, action).Result;
            if (result.Failure is not { } failure)
            {
                return Payload.Read<T>(result.Output);
            }

            TimeSpan delay = (failure.IsNonRetriable ? null : delays.After(Now)) ?? throw Failures.ToException(kind, name, failure);
            await AddTimer(Now + delay, retry.Clone()).Result;
        }
    }

    private Step AddTimer(DateTime fireAt, CreateTimerAction timer)
    {
        timer.FireAt = Timestamp.FromDateTime(fireAt.ToUniversalTime());
        return Steps.Add(StepKind.Timer, "", new WorkflowAction { CreateTimer = timer });
    }

    private Guid Unique(string use, int number) => NamedGuid.From(string.Create(
        CultureInfo.InvariantCulture, $"{instanceId}\n{started.WorkflowInstance?.ExecutionId}\n{use}\n{number}"));

    private void RequireTurn()
    {
        if (!dispatcher.IsCurrent)
        {
            throw new InvalidOperationException(
                $"The context of workflow '{Name}' was used outside of its code. A workflow awaits tasks of its context only, without "
                + "ConfigureAwait(false) and without Task.Run; other work belongs in activities.");
        }
    }
}
