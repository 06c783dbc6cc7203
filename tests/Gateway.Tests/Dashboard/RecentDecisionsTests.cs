using DaprMoE.Dashboard;
using DaprMoE.Dispatch;
using DaprMoE.Predictors;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway.Tests;

public sealed class RecentDecisionsTests
{
    private readonly RecentDecisions _recent = new([0, 2]);

    [Fact]
    public void Nothing_IsKnown_BeforeTheFirstDecision()
    {
        Assert.Null(_recent.Decision(1));
        Assert.Empty(_recent.Forecasts());
    }

    [Fact]
    public void Decision_IsTheLatest()
    {
        Decide(PlanReason.Balanced, wanted: 2, accuracy: null, [], [1, 1]);
        Decide(PlanReason.Cap, wanted: 3, accuracy: null, [], [1, 1]);

        Assert.Equal(new LayerDecisionView(2, 3, "cap"), _recent.Decision(1));
        Assert.Empty(_recent.Forecasts());
    }

    [Fact]
    public void Forecast_IsSharesBesideShares_WithTheMeanAccuracy()
    {
        Decide(PlanReason.Balanced, wanted: 2, accuracy: 0.75, [3, 1], [2, 2]);

        LayerForecast forecast = Assert.Single(_recent.Forecasts());

        Assert.Equal((1, "token-table"), (forecast.Layer, forecast.Predictor));
        Assert.Equal([0.75, 0.25], forecast.Expected);
        Assert.Equal([0.5, 0.5], forecast.Actual);
        Assert.Equal(0.75, forecast.Accuracy, 6);
    }

    [Fact]
    public void Forecast_OfLongAgo_Fades()
    {
        Decide(PlanReason.Balanced, wanted: 2, accuracy: 0, [1, 0], [0, 1]);
        for (int i = 0; i < 1000; i++)
        {
            Decide(PlanReason.Balanced, wanted: 2, accuracy: 1, [0, 1], [0, 1]);
        }

        LayerForecast forecast = Assert.Single(_recent.Forecasts());

        Assert.InRange(forecast.Accuracy, 0.999, 1);
        Assert.InRange(forecast.Expected[0], 0, 0.001);
    }

    private void Decide(PlanReason reason, int wanted, double? accuracy, ReadOnlySpan<float> forecast, ReadOnlySpan<int> loads)
    {
        LayerPlan alive = new(2, 1);
        alive.Reset(2, 1);
        alive.Add(0, 0, 0);
        alive.Add(1, 0, 0);
        alive.Seal();
        _recent.Decided(new LayerDecision
        {
            Layer = 1,
            Policy = "moeless",
            PlanVersion = 0,
            Reason = reason,
            Basis = ForecastBasis.TokenTable,
            Forecast = forecast,
            Loads = loads,
            Alive = alive,
            Wanted = wanted,
            Asked = 0,
            Cancelled = 0,
            Elapsed = TimeSpan.Zero,
            Accuracy = accuracy,
        });
    }
}
