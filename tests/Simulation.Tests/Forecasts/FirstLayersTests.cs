namespace DaprMoE.Simulation.Tests;

public sealed class FirstLayersTests
{
    [Fact]
    public void Forecast_IsThePreviousIterations_ScaledToTheComingTokens()
    {
        FirstLayers layers = new(layers: 2, experts: 3);
        double[] forecast = new double[3];

        Assert.False(layers.TryForecast(0, [2, 1, 1], forecast));
        Assert.True(layers.TryForecast(0, [0, 8, 0], forecast));
        Assert.Equal([4.0, 2.0, 2.0], forecast);
        Assert.False(layers.TryForecast(1, [1, 1, 1], forecast));
        Assert.True(layers.TryForecast(0, [1, 0, 1], forecast));
        Assert.Equal([0.0, 2.0, 0.0], forecast);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Layers_OfTheWholeModel_BeginWithOneThatHasNoneBefore(int leftOut, int first)
    {
        SimulationSettings settings = Cells.Of("64x6", "8");

        Assert.Equal(first, new Cell(settings with { Layers = settings.Shape.Layers - leftOut }).FirstLayers);
    }

    [Fact]
    public void Perfect_OfTheWholeModel_DoesNotKnowTheFirstLayer()
    {
        SimulationSettings whole = Cells.Of("mixtral-8x7b", "4096") with { ForecastAccuracy = 1, Zipf = 1.5 };
        whole = whole with { Layers = 1, Shape = whole.Shape with { Layers = 1, NonExpertBytes = 1 } };
        SimulationSettings cut = whole with { Shape = whole.Shape with { Layers = 2 } };

        double unknown = Cells.Run(whole, "moeless").Layer.Mean;
        double known = Cells.Run(cut, "moeless").Layer.Mean;

        Assert.True(unknown > known, $"{unknown} s without, {known} s with a forecast");
    }
}
