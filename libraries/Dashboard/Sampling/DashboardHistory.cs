namespace DaprMoE.Dashboard;

/// <summary>How figures went over the last minutes, one point per second at most. Safe for any thread.</summary>
internal sealed class DashboardHistory
{
    /// <summary>Most points that are kept.</summary>
    public const int Capacity = 300;

    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Queue<HistoryPoint> _points = new(Capacity);
    private DashboardSnapshot? _previous;
    private double _tokensPerSecond;

    /// <summary>Tokens handed out per second, lately; 0 when nothing is known.</summary>
    public double TokensPerSecond
    {
        get
        {
            lock (_gate)
            {
                return _tokensPerSecond;
            }
        }
    }

    /// <summary>Adds a snapshot, unless the latest point is too near.</summary>
    public void Add(DashboardSnapshot snapshot)
    {
        lock (_gate)
        {
            // Timers are not exact: a tick that comes a little early still counts.
            if (_previous is { } previous && snapshot.At - previous.At < Spacing - (DashboardSampler.WatchedPeriod / 2))
            {
                return;
            }

            _tokensPerSecond = Rate(_previous, snapshot);
            _previous = snapshot;
            if (_points.Count == Capacity)
            {
                _points.Dequeue();
            }

            _points.Enqueue(new HistoryPoint(
                snapshot.At, _tokensPerSecond, snapshot.Bill.Value, snapshot.Forecast.Value?.Accuracy, snapshot.Devices.Value?.Variation));
        }
    }

    /// <summary>The points, oldest first.</summary>
    public HistoryPoint[] Points()
    {
        lock (_gate)
        {
            return [.. _points];
        }
    }

    private static double Rate(DashboardSnapshot? previous, DashboardSnapshot now)
    {
        if (previous?.Traffic.Value is not { } before || now.Traffic.Value is not { } after || now.At <= previous.At)
        {
            return 0;
        }

        return Math.Max(0, after.GeneratedTokens - before.GeneratedTokens) / (now.At - previous.At).TotalSeconds;
    }
}

/// <summary>Figures at one moment.</summary>
/// <param name="At">When.</param>
/// <param name="TokensPerSecond">Tokens handed out per second since the point before.</param>
/// <param name="Bill">What it had cost by then.</param>
/// <param name="Accuracy">Mean accuracy of the forecasts.</param>
/// <param name="Variation">Coefficient of variation of the devices.</param>
public sealed record HistoryPoint(DateTimeOffset At, double TokensPerSecond, BillView? Bill, double? Accuracy, double? Variation)
{
    /// <summary>Where points are between the first and the last of them by their times, 0 to 1: they are not evenly spaced.</summary>
    public static IReadOnlyList<double> Places(IReadOnlyList<HistoryPoint> points)
    {
        if (points.Count < 2)
        {
            return [.. points.Select(_ => 0.0)];
        }

        double all = (points[^1].At - points[0].At).TotalSeconds;
        return [.. points.Select(point => (point.At - points[0].At).TotalSeconds / all)];
    }

    /// <summary>The time that some points cover: <c>the last 3 min</c>.</summary>
    public static string Span(IEnumerable<HistoryPoint> points)
    {
        HistoryPoint[] all = [.. points];
        return all.Length == 0 ? "" : $"the last {Quantities.Time(all[^1].At - all[0].At)}";
    }
}
