namespace DaprMoE.Dashboard.Tests;

public sealed class DashboardHistoryTests
{
    private readonly DashboardHistory _history = new();

    [Fact]
    public void Points_ComeOncePerSecond()
    {
        for (int tick = 0; tick < 12; tick++)
        {
            _history.Add(At(tick * 0.25, 0));
        }

        Assert.Equal([0, 1, 2], _history.Points().Select(point => (point.At - Snapshots.Start).TotalSeconds));
    }

    [Fact]
    public void Points_AreBounded_AndTheOldestGo()
    {
        for (int second = 0; second <= DashboardHistory.Capacity; second++)
        {
            _history.Add(At(second, 0));
        }

        HistoryPoint[] points = _history.Points();

        Assert.Equal(DashboardHistory.Capacity, points.Length);
        Assert.Equal(Snapshots.Start.AddSeconds(1), points[0].At);
    }

    [Fact]
    public void TokensPerSecond_IsTheRateSinceThePointBefore()
    {
        _history.Add(At(0, 100));
        _history.Add(At(2, 160));

        Assert.Equal(30, _history.TokensPerSecond);
    }

    [Fact]
    public void Places_FollowTime_NotTheNumberOfPoints()
    {
        _history.Add(At(0, 0));
        _history.Add(At(1, 0));
        _history.Add(At(5, 0));

        Assert.Equal([0, 0.2, 1], HistoryPoint.Places(_history.Points()));
        Assert.Equal("the last 5.0 s", HistoryPoint.Span(_history.Points()));
    }

    private static DashboardSnapshot At(double seconds, long tokens) => Snapshots.Bare with
    {
        At = Snapshots.Start.AddSeconds(seconds),
        Traffic = Part.Of(new TrafficView(0, 0, 0, 0, tokens)),
    };
}
