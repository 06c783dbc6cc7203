using System.Diagnostics;
using Dapr.Workflow.Protocol;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Dapr.Workflow;

/// <summary>Starts and follows workflow runs by the app's own sidecar: it sees the runs of its app-id only.</summary>
public sealed class DaprWorkflowClient : IAsyncDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(60);
    private readonly SidecarConnection _sidecar;
    private readonly StatePolling _polling;
    private readonly TimeProvider _time;

    internal DaprWorkflowClient(SidecarConnection sidecar, TimeProvider time)
    {
        (_sidecar, _time) = (sidecar, time);
        _polling = new StatePolling(GetOnceAsync, time);
    }

    /// <summary>Starts a run at once; returns when its first turn is done, so a worker has to be connected.</summary>
    /// <param name="name">The workflow's name.</param>
    /// <param name="instanceId">The run's id; null: one is made.</param>
    /// <param name="input">The input; serialised as JSON.</param>
    /// <returns>The run's id.</returns>
    /// <exception cref="RpcException">It was not started: a run of this id is under way, or the sidecar or a worker is missing.</exception>
    public Task<string> ScheduleNewWorkflowAsync(string name, string? instanceId = null, object? input = null) =>
        ScheduleNewWorkflowAsync(name, instanceId, input, startTime: null, CancellationToken.None);

    /// <summary>Starts a run, at once or later.</summary>
    /// <param name="name">The workflow's name.</param>
    /// <param name="instanceId">The run's id; null: one is made.</param>
    /// <param name="input">The input; serialised as JSON.</param>
    /// <param name="startTime">When it begins; null: at once, and then a worker has to be connected.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The run's id.</returns>
    /// <exception cref="RpcException">It was not started: a run of this id is under way, or the sidecar or a worker is missing.</exception>
    public async Task<string> ScheduleNewWorkflowAsync(
        string name, string? instanceId, object? input, DateTimeOffset? startTime, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);

        // The sidecar makes no id of an empty one: a run with the id "" would begin.
        string id = string.IsNullOrEmpty(instanceId) ? Guid.CreateVersion7(_time.GetUtcNow()).ToString("N") : instanceId;
        CreateInstanceRequest request = new() { InstanceId = id, Name = name, Input = Payload.Write(input) };
        request.ScheduledStartTimestamp = startTime is { } at ? Timestamp.FromDateTimeOffset(at) : null;
        request.ParentTraceContext = Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } parent } current
            ? new TraceContext { TraceParent = parent, TraceState = current.TraceStateString }
            : null;
        await _sidecar.Client.StartInstanceAsync(request, Options(cancellation)).ConfigureAwait(false);
        return id;
    }

    /// <summary>A run at this moment.</summary>
    /// <param name="instanceId">The run's id.</param>
    /// <param name="getInputsAndOutputs">Whether input, output and custom status come along.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null when there is none.</returns>
    public async Task<WorkflowState?> GetWorkflowStateAsync(
        string instanceId, bool getInputsAndOutputs = true, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        InstanceSnapshot? instance = await _polling.GetAsync(instanceId, getInputsAndOutputs, cancellation).ConfigureAwait(false);
        return instance is null ? null : new WorkflowState(instance);
    }

    /// <summary>Waits until a run has ended. It asks again and again, since the sidecar's own wait can stall.</summary>
    /// <param name="instanceId">The run's id.</param>
    /// <param name="getInputsAndOutputs">Whether input, output and custom status come along.</param>
    /// <param name="cancellation">Ends the wait; without it, it has no limit.</param>
    /// <exception cref="InvalidOperationException">There is no such run.</exception>
    public async Task<WorkflowState> WaitForWorkflowCompletionAsync(
        string instanceId, bool getInputsAndOutputs = true, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return await _polling.WaitAsync(instanceId, getInputsAndOutputs, cancellation).ConfigureAwait(false);
    }

    /// <summary>Ends a run and its children where they are; they do not compensate. Activities under way run to their ends.</summary>
    /// <param name="instanceId">The run's id.</param>
    /// <param name="output">Its output; serialised as JSON.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="RpcException">There is no such run, or the sidecar is missing.</exception>
    public async Task TerminateWorkflowAsync(string instanceId, object? output = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        TerminateRequest request = new() { InstanceId = instanceId, Output = Payload.Write(output), Recursive = true };
        await _sidecar.Client.TerminateInstanceAsync(request, Options(cancellation)).ConfigureAwait(false);
    }

    /// <summary>Deletes what is stored of a run that has ended, and of its children.</summary>
    /// <param name="instanceId">The run's id.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False when there is no such run, or it has not ended.</returns>
    public async Task<bool> PurgeInstanceAsync(string instanceId, CancellationToken cancellation = default)
    {
        WorkflowState? state = await GetWorkflowStateAsync(instanceId, getInputsAndOutputs: false, cancellation).ConfigureAwait(false);
        if (state is not { IsWorkflowCompleted: true })
        {
            return false;
        }

        PurgeInstancesRequest request = new() { InstanceId = instanceId, Recursive = true };
        PurgeInstancesResponse response = await _sidecar.Client.PurgeInstancesAsync(request, Options(cancellation)).ConfigureAwait(false);
        return response.DeletedInstanceCount > 0;
    }

    /// <summary>Without effect: the connection belongs to the container.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<InstanceSnapshot?> GetOnceAsync(string instanceId, bool everything, CancellationToken cancellation)
    {
        GetInstanceRequest request = new() { InstanceId = instanceId, GetInputsAndOutputs = everything };
        GetInstanceResponse response = await _sidecar.Client.GetInstanceAsync(request, Options(cancellation)).ConfigureAwait(false);
        return response.Exists ? Snapshots.From(response.WorkflowState) : null;
    }

    private CallOptions Options(CancellationToken cancellation) =>
        new(deadline: _time.GetUtcNow().UtcDateTime + CallTimeout, cancellationToken: cancellation);
}
