using DaprMoE.DirectTransport.Control;
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
}
