using Dapr.Workflow.Protocol;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Dapr.Workflow;

/// <summary>
/// The stream of work items: open, it makes this app a worker. It ends when the sidecar ends it, is gone, or does not answer a sign of
/// life.
/// </summary>
internal sealed class WorkItemStream(SidecarConnection sidecar, TimeProvider time)
{
    private static readonly TimeSpan HelloInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan HelloTimeout = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private Action _end = () => { };

    /// <summary>Reads work items to the stream's end.</summary>
    /// <param name="opened">Called when the sidecar has answered.</param>
    /// <param name="take">Takes an item; as long as it waits, no more are read.</param>
    /// <param name="stop">Ends the stream.</param>
    /// <exception cref="RpcException">The stream broke.</exception>
    public async Task ReadAsync(Action opened, Func<WorkItem, CancellationToken, ValueTask> take, CancellationToken stop)
    {
        await HelloAsync(stop).ConfigureAwait(false);
        opened();
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        OnEnd(ended.Cancel);
        Task alive = KeepAliveAsync(ended.Token);

        // The response's headers come with the first item only, so there is nothing to wait for before it.
        using AsyncServerStreamingCall<WorkItem> call =
            sidecar.Client.GetWorkItems(new GetWorkItemsRequest(), cancellationToken: ended.Token);
        try
        {
            await foreach (WorkItem item in call.ResponseStream.ReadAllAsync(ended.Token).ConfigureAwait(false))
            {
                await take(item, ended.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            OnEnd(() => { });
            await ended.CancelAsync().ConfigureAwait(false);
            await alive.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Ends the stream that is open, if one is.</summary>
    public void End()
    {
        lock (_lock)
        {
            _end();
        }
    }

    private void OnEnd(Action end)
    {
        lock (_lock)
        {
            _end = end;
        }
    }

    private async Task KeepAliveAsync(CancellationToken ended)
    {
        try
        {
            while (true)
            {
                await Task.Delay(HelloInterval, time, ended).ConfigureAwait(false);
                await HelloAsync(ended).ConfigureAwait(false);
            }
        }
        catch (RpcException)
        {
            End();
        }
    }

    private async Task HelloAsync(CancellationToken cancellationToken) => await sidecar.Client
        .HelloAsync(new Empty(), deadline: time.GetUtcNow().UtcDateTime + HelloTimeout, cancellationToken: cancellationToken)
        .ConfigureAwait(false);
}
