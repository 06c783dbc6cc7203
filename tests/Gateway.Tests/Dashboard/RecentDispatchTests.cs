using DaprMoE.Dispatch;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.Gateway.Tests;

public sealed class RecentDispatchTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly RecentDispatch _recent;

    public RecentDispatchTests() => _recent = new RecentDispatch([0, 3], _clock);

    [Fact]
    public void Rates_AreThoseOfTheLastSecond()
    {
        _recent.Read();
        Run([8, 0, 0], [4, 4]);
        Pass(0.25);
        _recent.Read();
        Run([1, 2, 3], [6, 0]);
        DispatchRates both = Pass(0.75);
        DispatchRates later = Pass(0.25);
        DispatchRates none = Pass(1);

        Assert.Equal([9, 2, 3], both.Tokens[1]);
        Assert.Empty(both.Tokens[0]);
        Assert.Equal([10, 4], both.DeviceRows);
        Assert.Equal([1, 2, 3], later.Tokens[1]);
        Assert.Equal([0, 0, 0], none.Tokens[1]);
    }

    [Fact]
    public void Rates_OverALongerTime_AreStillPerSecond()
    {
        _recent.Read();
        Run([10, 0, 0], [10, 0]);

        Assert.Equal([2, 0, 0], Pass(5).Tokens[1]);
    }

    [Fact]
    public void Balance_IsTheMeanOverLayers_AndUnknownWithoutAny()
    {
        _recent.Read();
        Run([4, 4, 0], [4, 4]);
        Run([8, 0, 0], [8, 0]);
        DispatchRates rates = Pass(1);
        DispatchRates none = Pass(2);

        Assert.Equal(0.5, rates.Variation!.Value, 6);
        Assert.Equal(1.5, rates.MaxOverMean!.Value, 6);
        Assert.Null(none.Variation);
    }

    [Fact]
    public void Balance_OfOneDevice_IsUnknown()
    {
        _recent.Read();
        Run([4, 4, 0], [8]);

        Assert.Null(Pass(1).MaxOverMean);
    }

    private DispatchRates Pass(double seconds)
    {
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        return _recent.Read();
    }

    private void Run(ReadOnlySpan<int> loads, ReadOnlySpan<double> rows) => _recent.LayerDone(new LayerDispatch
    {
        Layer = 1,
        Tokens = 8,
        Loads = loads,
        Elapsed = TimeSpan.Zero,
        Devices = rows.Length == 1 ? [0] : [0, 1],
        DeviceRows = rows,
        Calls = default,
    });
}
