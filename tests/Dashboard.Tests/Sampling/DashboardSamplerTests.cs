using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.Dashboard.Tests;

public sealed class DashboardSamplerTests : IAsyncDisposable
{
    private readonly FakeSource _source = new();
    private readonly FakeTimeProvider _clock = new(Snapshots.Start);
    private readonly CancellationTokenSource _stop = new();
    private readonly DashboardSampler _sampler;
    private readonly Task _running;

    public DashboardSamplerTests()
    {
        _sampler = new DashboardSampler(_source, _clock, NullLogger<DashboardSampler>.Instance);
        _running = _sampler.RunAsync(_stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _sampler.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public void Start_ReadsAtOnce() => Assert.Equal(Snapshots.Bare, _sampler.Latest?.Snapshot);

    [Fact]
    public void Nobody_IsSampledForEveryFiveSeconds()
    {
        Pass(TimeSpan.FromSeconds(1), 10);

        Assert.Equal(1 + 2, _source.Reads);
    }

    [Fact]
    public void Viewers_ShareFourSnapshotsASecond_UntilTheLastOneLeaves()
    {
        List<DashboardTick> first = [];
        List<DashboardTick> second = [];
        IDisposable one = _sampler.Watch(first.Add);
        IDisposable other = _sampler.Watch(second.Add);

        Pass(TimeSpan.FromMilliseconds(50), 20);
        one.Dispose();
        Pass(TimeSpan.FromMilliseconds(50), 20);
        other.Dispose();
        other.Dispose();
        Pass(TimeSpan.FromMilliseconds(50), 20);

        Assert.Equal((4, 8, 1 + 8), (first.Count, second.Count, _source.Reads));
        Assert.Same(first[0], second[0]);
    }

    [Fact]
    public void Fault_OfOneTick_DoesNotEndTheSampling()
    {
        List<DashboardTick> ticks = [];
        using IDisposable watching = _sampler.Watch(ticks.Add);
        _source.ReadFault = new InvalidOperationException("for a test");
        Pass(DashboardSampler.WatchedPeriod, 2);
        _source.ReadFault = null;
        Pass(DashboardSampler.WatchedPeriod, 1);

        Assert.Single(ticks);
    }

    private void Pass(TimeSpan step, int times)
    {
        for (int i = 0; i < times; i++)
        {
            int before = _source.Reads;
            _clock.Advance(step);
            // The loop goes on where the timer's tick is awaited; a moment later at most.
            SpinWait.SpinUntil(() => _source.Reads > before, TimeSpan.FromMilliseconds(5));
        }
    }
}
