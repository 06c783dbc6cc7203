using System.Security.Cryptography;
using DaprMoE.DirectTransport.Control;
using DaprMoE.Ports;
using DaprMoE.Scheduling;
using Grpc.Core;

namespace DaprMoE.DirectTransport;

/// <summary>Expert control over gRPC.</summary>
internal sealed class DeviceControl(
    IReadOnlyList<HostMember> members, IReadOnlyList<(int Host, int Device)> devices, IReadOnlyList<string> names) : IExpertControl
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    // Tells this gateway's warm-ups from those of others.
    private readonly long _requester = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;

    public Task<IReadOnlyList<string>> WarmAsync(int device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken) =>
        AskAsync(device, (control, options) => control.WarmAsync(Request(device, replicas), options), cancellationToken);

    public Task<IReadOnlyList<string>> CancelAsync(int device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken) =>
        AskAsync(device, (control, options) => control.CancelAsync(Request(device, replicas), options), cancellationToken);

    public Task<IReadOnlyList<string>> DrainAsync(int device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken) =>
        AskAsync(device, (control, options) => control.DrainAsync(Request(device, replicas), options), cancellationToken);

    public Task<IReadOnlyList<string>> EvictAsync(int device, CancellationToken cancellationToken)
    {
        EvictRequest request = new() { Device = devices[device].Device };
        return AskAsync(device, (control, options) => control.EvictAsync(request, options), cancellationToken);
    }

    public Task<IReadOnlyList<string>> PlanAsync(
        int device,
        long version,
        IReadOnlyList<ReplicaId> replicas,
        TimeSpan keepAlive,
        IReadOnlyList<ReplicaId> retained,
        CancellationToken cancellationToken)
    {
        PlanRequest request = new()
        {
            Device = devices[device].Device,
            Version = version,
            KeepAliveMs = keepAlive == Timeout.InfiniteTimeSpan ? -1 : (long)keepAlive.TotalMilliseconds,
        };
        request.Replicas.AddRange(replicas.Select(Message));
        request.Retained.AddRange(retained.Select(Message));
        return AskAsync(device, (control, options) => control.PlanAsync(request, options), cancellationToken);
    }

    public async Task<IReadOnlyList<DeviceSnapshot>> StateAsync(CancellationToken cancellationToken)
    {
        StateReply?[] replies = await Task.WhenAll(members.Select(member => StateAsync(member, cancellationToken))).ConfigureAwait(false);
        return [.. devices.Select((device, index) => replies[device.Host] is { } reply && reply.Devices.Count > device.Device
            ? Snapshot(names[index], reply.Devices[device.Device])
            : Lost(names[index]))];
    }

    private async Task<IReadOnlyList<string>> AskAsync(
        int device,
        Func<ExpertControl.ExpertControlClient, CallOptions, AsyncUnaryCall<ReplicaReply>> ask,
        CancellationToken cancellationToken)
    {
        if (members[devices[device].Host].Connection is not { } connection)
        {
            return [$"Device {names[device]} is lost."];
        }

        try
        {
            ReplicaReply reply = await AnswerAsync(ask(connection.Control, Options(cancellationToken)), cancellationToken).ConfigureAwait(false);
            return reply.Refusals;
        }
        catch (Exception exception) when (exception is RpcException or ObjectDisposedException)
        {
            return [$"Device {names[device]} does not answer: {exception.Message}"];
        }
    }

    private static async Task<StateReply?> StateAsync(HostMember member, CancellationToken cancellationToken)
    {
        try
        {
            return member.Connection is { } connection
                ? await AnswerAsync(connection.Control.StateAsync(new StateRequest(), Options(cancellationToken)), cancellationToken).ConfigureAwait(false)
                : null;
        }
        catch (Exception exception) when (exception is RpcException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>
    /// Waits for an answer. gRPC tells a caller that has left by an exception of its own, as it tells faults; here it is what all others throw.
    /// </summary>
    private static async Task<T> AnswerAsync<T>(AsyncUnaryCall<T> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call.ResponseAsync.ConfigureAwait(false);
        }
        catch (RpcException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
    }

    private static CallOptions Options(CancellationToken cancellationToken) =>
        new(deadline: TimeProvider.System.GetUtcNow().UtcDateTime + AnswerTimeout, cancellationToken: cancellationToken);

    private ReplicaRequest Request(int device, IReadOnlyList<ReplicaId> replicas)
    {
        ReplicaRequest request = new() { Device = devices[device].Device, Requester = _requester };
        request.Replicas.AddRange(replicas.Select(Message));
        return request;
    }

    private static Replica Message(ReplicaId replica) =>
        new() { Layer = replica.Expert.Layer, Expert = replica.Expert.Expert, Index = replica.Index };

    private static DeviceSnapshot Lost(string name) =>
        new(name, IsAlive: false, PlanVersion: 0, BudgetBytes: null, ResidentBytes: 0, ReservedBytes: 0, Replicas: []);

    private static DeviceSnapshot Snapshot(string name, DeviceState state) => new(
        name,
        IsAlive: true,
        state.PlanVersion,
        state.Device.BudgetBytes > 0 ? state.Device.BudgetBytes : null,
        state.Device.ResidentBytes,
        state.Device.ReservedBytes,
        [.. state.Replicas.Select(Snapshot)]);

    private static ReplicaSnapshot Snapshot(Control.ReplicaState state) => new(
        new ReplicaId(new ExpertId(state.Replica.Layer, state.Replica.Expert), state.Replica.Index),
        Enum.IsDefined((Scheduling.ReplicaState)state.State) ? (Scheduling.ReplicaState)state.State : Scheduling.ReplicaState.Absent,
        state.Bytes,
        state.Calls,
        state.Pinned,
        state.Planned,
        TimeSpan.FromMilliseconds(state.IdleMs));
}
