using DaprMoE.DirectTransport.Control;
using DaprMoE.Experts;
using DaprMoE.Scheduling;
using Grpc.Core;

namespace DaprMoE.DirectTransport;

/// <summary>The control service of an expert host.</summary>
internal sealed class ExpertControlService(DirectHost host, HeartbeatThread heartbeat, TimeProvider clock) : ExpertControl.ExpertControlBase
{
    private static readonly TimeSpan AnnounceInterval = TimeSpan.FromSeconds(1);

    public override async Task Announce(AnnounceRequest request, IServerStreamWriter<Announcement> responseStream, ServerCallContext context)
    {
        HostedExperts experts = host.Require();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, experts.Stopping);
        try
        {
            while (true)
            {
                bool draining = experts.Draining.IsCancellationRequested;
                await responseStream.WriteAsync(ControlMessages.Announcement(experts, draining), stop.Token);
                using CancellationTokenSource news = CancellationTokenSource.CreateLinkedTokenSource(
                    stop.Token, draining ? CancellationToken.None : experts.Draining);
                await Task.Delay(AnnounceInterval, clock, news.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                stop.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The listener left, or the host stops.
        }
    }

    public override async Task Heartbeat(HeartbeatRequest request, IServerStreamWriter<Beat> responseStream, ServerCallContext context)
    {
        HostedExperts experts = host.Require();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, experts.Stopping);
        try
        {
            await heartbeat.ListenAsync(responseStream, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The listener left, or the host stops.
        }
    }

    public override Task<ReplicaReply> Warm(ReplicaRequest request, ServerCallContext context) => EachAsync(
        request, (device, replica) => device.PreWarm(ControlRequests.Requester(request.Requester), replica));

    public override Task<ReplicaReply> Cancel(ReplicaRequest request, ServerCallContext context) => EachAsync(request, (device, replica) =>
    {
        device.Cancel(ControlRequests.Requester(request.Requester), replica);
        return default;
    });

    public override Task<ReplicaReply> Drain(ReplicaRequest request, ServerCallContext context) =>
        EachAsync(request, (device, replica) => device.Drain(replica));

    public override Task<ReplicaReply> Plan(PlanRequest request, ServerCallContext context)
    {
        ControlRequests requests = new(host.Require());
        IExpertDevice device = requests.Device(request.Device);
        IReadOnlyList<ReplicaRefusal> refused = device.Plan(
            request.Version,
            requests.Replicas(request.Replicas),
            ControlRequests.KeepAlive(request.KeepAliveMs),
            requests.Replicas(request.Retained));
        return Task.FromResult(ControlMessages.Refusals(device, refused, request.Version));
    }

    public override Task<ReplicaReply> Evict(EvictRequest request, ServerCallContext context)
    {
        new ControlRequests(host.Require()).Device(request.Device).ScaleToZero();
        return Task.FromResult(new ReplicaReply());
    }

    public override Task<StateReply> State(StateRequest request, ServerCallContext context) =>
        Task.FromResult(ControlMessages.State(host.Require(), clock));

    private Task<ReplicaReply> EachAsync(ReplicaRequest request, Func<IExpertDevice, ReplicaId, RequestAnswer> ask)
    {
        ControlRequests requests = new(host.Require());
        IExpertDevice device = requests.Device(request.Device);
        ReplicaId[] replicas = requests.Replicas(request.Replicas);
        IEnumerable<ReplicaRefusal> refused = replicas
            .Select(replica => new ReplicaRefusal(replica, ask(device, replica)))
            .Where(answer => !answer.Answer.IsAccepted);
        return Task.FromResult(ControlMessages.Refusals(device, [.. refused], plan: null));
    }
}
