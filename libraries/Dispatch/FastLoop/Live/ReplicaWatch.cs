using DaprMoE.Ports;

namespace DaprMoE.Dispatch;

/// <summary>Looks at devices of other processes again and again, in the background, and writes down what they hold.</summary>
public sealed class ReplicaWatch : IAsyncDisposable
{
    private readonly IExpertControl _control;
    private readonly LiveReplicas _replicas;
    private readonly PeriodicTimer _timer;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    /// <param name="control">The devices' control.</param>
    /// <param name="replicas">Where it is written down.</param>
    /// <param name="clock">The clock.</param>
    public ReplicaWatch(IExpertControl control, LiveReplicas replicas, TimeProvider clock)
    {
        (_control, _replicas, _clock) = (control, replicas, clock);
        _timer = new PeriodicTimer(Period, clock);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Time from one look to the next.</summary>
    public static TimeSpan Period { get; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Looks once.</summary>
    /// <param name="cancellationToken">Ends waiting.</param>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        long look = _replicas.BeginLook();
        IReadOnlyList<DeviceSnapshot> devices = await _control.StateAsync(cancellationToken).ConfigureAwait(false);
        for (int device = 0; device < Math.Min(devices.Count, _replicas.DeviceCount); device++)
        {
            _replicas.Take(device, devices[device], look);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _timer.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            do
            {
                await TryLookAsync().ConfigureAwait(false);
            }
            while (await _timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task TryLookAsync()
    {
        using CancellationTokenSource deadline = new(TimeSpan.FromSeconds(2), _clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _stop.Token);
        try
        {
            await LookAsync(either.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // What can't be seen now is looked at again.
        catch (Exception) when (!_stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            // What was known stays known until the next look.
        }
    }
}
