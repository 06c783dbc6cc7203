using Microsoft.Extensions.Logging;

namespace DaprMoE.Dashboard;

/// <summary>
/// Reads the server once per tick for all viewers: four times a second while there is one, else every five seconds, which keeps the history.
/// </summary>
internal sealed partial class DashboardSampler(IDashboardSource source, TimeProvider clock, ILogger<DashboardSampler> logger) : IDisposable
{
    /// <summary>The time between two snapshots while somebody watches.</summary>
    public static readonly TimeSpan WatchedPeriod = TimeSpan.FromMilliseconds(250);

    /// <summary>The time between two snapshots while nobody does.</summary>
    public static readonly TimeSpan IdlePeriod = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly PeriodicTimer _timer = new(IdlePeriod, clock);
    private volatile Action<DashboardTick>[] _viewers = [];
    private volatile DashboardTick? _latest;

    /// <summary>The latest tick; null before the first.</summary>
    public DashboardTick? Latest => _latest;

    /// <summary>How figures went over time.</summary>
    public DashboardHistory History { get; } = new();

    /// <summary>Adds a viewer, which is told of each tick on the sampler's thread until the result is disposed.</summary>
    public IDisposable Watch(Action<DashboardTick> viewer)
    {
        lock (_gate)
        {
            _viewers = [.. _viewers, viewer];
            _timer.Period = WatchedPeriod;
        }

        return new Watching(this, viewer);
    }

    /// <summary>Samples until the server stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            do
            {
                await SampleAsync(stopping);
            }
            while (await _timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server's end is the sampler's.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private async Task SampleAsync(CancellationToken stop)
    {
        using CancellationTokenSource limit = new(ReadLimit, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            DashboardSnapshot snapshot = await source.ReadAsync(either.Token);
            DashboardTick tick = new(snapshot, snapshot.Experts.Value is { } map ? HeatMapFrame.Of(map) : null);
            _latest = tick;
            History.Add(snapshot);
            foreach (Action<DashboardTick> viewer in _viewers)
            {
                viewer(tick);
            }
        }
#pragma warning disable CA1031 // The next tick may work; a page that stands still is better than a server that ends.
        catch (Exception exception) when (!stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogReadFailed(exception);
        }
    }

    private void Leave(Action<DashboardTick> viewer)
    {
        lock (_gate)
        {
            List<Action<DashboardTick>> left = [.. _viewers];
            left.Remove(viewer);
            _viewers = [.. left];
            if (_viewers.Length == 0)
            {
                _timer.Period = IdlePeriod;
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The dashboard could not be fed.")]
    private partial void LogReadFailed(Exception exception);

    private sealed class Watching(DashboardSampler sampler, Action<DashboardTick> viewer) : IDisposable
    {
        private Action<DashboardTick>? _viewer = viewer;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _viewer, null) is { } leaving)
            {
                sampler.Leave(leaving);
            }
        }
    }
}
