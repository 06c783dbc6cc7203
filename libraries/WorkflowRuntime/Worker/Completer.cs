using Dapr.Workflow.Protocol;
using Grpc.Core;

namespace Dapr.Workflow;

/// <summary>
/// Gives answers to the sidecar. The sidecar waits for each one as long as the stream is open, so an answer that can't be given after
/// some tries ends the stream: then its item comes again.
/// </summary>
/// <param name="sidecar">The sidecar.</param>
/// <param name="time">The clock.</param>
/// <param name="endStream">Ends the stream that items come from.</param>
internal sealed class Completer(SidecarConnection sidecar, TimeProvider time, Action endStream)
{
    private const int Tries = 4;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Answers a turn. The older of two names of the call is known to all versions of the sidecar.</summary>
    public Task CompleteAsync(WorkflowResponse response, CancellationToken cancellationToken) =>
        TryAsync(options => sidecar.Client.CompleteOrchestratorTaskAsync(response, options), cancellationToken);

    /// <summary>Answers an activity.</summary>
    public Task CompleteAsync(ActivityResponse response, CancellationToken cancellationToken) =>
        TryAsync(options => sidecar.Client.CompleteActivityTaskAsync(response, options), cancellationToken);

    private async Task TryAsync(Func<CallOptions, AsyncUnaryCall<CompleteTaskResponse>> call, CancellationToken cancellationToken)
    {
        TimeSpan pause = FirstPause;
        for (int tries = 1; ; tries++)
        {
            try
            {
                using AsyncUnaryCall<CompleteTaskResponse> answer = call(
                    new CallOptions(deadline: time.GetUtcNow().UtcDateTime + CallTimeout, cancellationToken: cancellationToken));
                await answer.ResponseAsync.ConfigureAwait(false);
                return;
            }
            catch (RpcException) when (tries < Tries && !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
                pause *= 3;
            }
            catch (RpcException)
            {
                endStream();
                throw;
            }
        }
    }
}
