using System.Threading.Channels;
using Dapr.Workflow.Protocol;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dapr.Workflow;

/// <summary>
/// Makes this app a worker of its sidecar for as long as it runs: whatever ends the stream, it is opened again. Work items that were not
/// completed by then come again.
/// </summary>
internal sealed partial class WorkflowWorker : BackgroundService
{
    /// <summary>Items of a kind that run at once; as many more wait, then no more are read from the stream.</summary>
    internal const int AtOnce = 100;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Channel<WorkItem> _turns = Channel.CreateBounded<WorkItem>(AtOnce);
    private readonly Channel<WorkItem> _activities = Channel.CreateBounded<WorkItem>(AtOnce);
    private readonly SidecarConnection _sidecar;
    private readonly TurnHandler _turnHandler;
    private readonly ActivityHandler _activityHandler;
    private readonly TimeProvider _time;
    private readonly ILogger<WorkflowWorker> _logger;
    private readonly Completer _completer;
    private readonly WorkItemStream _stream;

    public WorkflowWorker(
        SidecarConnection sidecar, TurnHandler turns, ActivityHandler activities, TimeProvider time, ILogger<WorkflowWorker> logger)
    {
        (_sidecar, _turnHandler, _activityHandler, _time, _logger) = (sidecar, turns, activities, time, logger);
        _stream = new WorkItemStream(sidecar, time);
        _completer = new Completer(sidecar, time, _stream.End);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        ParallelOptions some = new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken };
        return Task.WhenAll(
            ReadAgainAndAgainAsync(stoppingToken),
            Parallel.ForEachAsync(_turns.Reader.ReadAllAsync(stoppingToken), some, TurnAsync),
            Parallel.ForEachAsync(_activities.Reader.ReadAllAsync(stoppingToken), some, ActivityAsync));
    }

    private async Task ReadAgainAndAgainAsync(CancellationToken stop)
    {
        TimeSpan pause = FirstPause;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                void Opened()
                {
                    LogConnected(_sidecar.Address);
                    pause = FirstPause;
                }

                await _stream.ReadAsync(Opened, TakeAsync, stop).ConfigureAwait(false);
                LogEnded(_sidecar.Address);
            }
            catch (Exception exception) when (exception is RpcException or OperationCanceledException && !stop.IsCancellationRequested)
            {
                LogBroken(_sidecar.Address, pause, (exception as RpcException)?.Status.Detail ?? exception.Message);
            }

            await Task.Delay(pause, _time, stop).ConfigureAwait(false);
            pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks));
        }
    }

    private ValueTask TakeAsync(WorkItem item, CancellationToken cancellationToken) => item.RequestCase switch
    {
        WorkItem.RequestOneofCase.WorkflowRequest => _turns.Writer.WriteAsync(item, cancellationToken),
        WorkItem.RequestOneofCase.ActivityRequest => _activities.Writer.WriteAsync(item, cancellationToken),
        _ => ValueTask.CompletedTask,
    };

    private async ValueTask TurnAsync(WorkItem item, CancellationToken cancellationToken)
    {
        WorkflowResponse response = _turnHandler.Run(item.WorkflowRequest, item.CompletionToken);
        await CompleteAsync(response.InstanceId, () => _completer.CompleteAsync(response, cancellationToken)).ConfigureAwait(false);
    }

    private async ValueTask ActivityAsync(WorkItem item, CancellationToken cancellationToken)
    {
        ActivityResponse response = await _activityHandler.RunAsync(item.ActivityRequest, item.CompletionToken).ConfigureAwait(false);
        await CompleteAsync(response.InstanceId, () => _completer.CompleteAsync(response, cancellationToken)).ConfigureAwait(false);
    }

    private async Task CompleteAsync(string instanceId, Func<Task> complete)
    {
        try
        {
            await complete().ConfigureAwait(false);
        }
        catch (RpcException exception)
        {
            LogNotCompleted(instanceId, exception.Status.Detail);
        }
    }
}
