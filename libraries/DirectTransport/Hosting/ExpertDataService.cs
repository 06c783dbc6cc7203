using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace DaprMoE.DirectTransport;

/// <summary>The data stream, host's end: reads calls and has them computed; their answers go back as they get done.</summary>
internal sealed class ExpertDataService(DirectHost host, TimeProvider clock)
{
    // Many in a row are no accident, and each costs a line of the log.
    private const int MostBadFrames = 8;

    // A caller that does not read what is on its way to it is not waited for any longer.
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(5);

    public async Task ExchangeAsync(
        IAsyncStreamReader<FrameBuffer> calls, IServerStreamWriter<FrameBuffer> answers, ServerCallContext context)
    {
        HostedExperts experts = host.Require();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, experts.Stopping);
        FrameSender sender = new(answers, _ => stop.Cancel());
        int badFrames = 0;
        try
        {
            while (await calls.MoveNext(stop.Token).ConfigureAwait(false))
            {
                badFrames += experts.Accept(calls.Current, sender) ? 0 : 1;
                if (badFrames >= MostBadFrames)
                {
                    throw new RpcException(new Status(StatusCode.InvalidArgument, $"{badFrames} frames of this stream could not be used."));
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The caller left, does not read, or the host stops.
        }
        catch (IOException)
        {
            // The connection broke.
        }
        finally
        {
            await sender.CloseAsync(CloseTime, clock, () => context.GetHttpContext().Abort()).ConfigureAwait(false);
        }
    }
}

/// <summary>Tells gRPC of the data stream's method, whose frames are no protobuf.</summary>
internal sealed class ExpertDataMethods : IServiceMethodProvider<ExpertDataService>
{
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<ExpertDataService> context) =>
        context.AddDuplexStreamingMethod(
            DataStreamMethod.Instance, [], (service, calls, answers, call) => service.ExchangeAsync(calls, answers, call));
}
