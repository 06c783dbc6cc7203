namespace DaprMoE.Simulation.Tests;

public sealed class LoadForecastTests
{
    [Theory]
    [InlineData(1.0)]
    [InlineData(0.95)]
    [InlineData(0.8)]
    public void Forecast_OfAnAccuracy_HasIt(double accuracy)
    {
        int exact = 0;
        int[] loads = [900, 50, 10, 0, 3, 7, 20, 10];
        double[] forecast = new double[loads.Length];
        LoadForecast forecaster = new(accuracy, loads.Length, new Xoshiro256(1));
        for (int i = 0; i < 100; i++)
        {
            forecaster.Write(loads, forecast);

            Assert.Equal(1000, forecast.Sum(), 1e-6);
            double distance = loads.Zip(forecast, (load, guess) => Math.Abs(load - guess) / 1000).Sum();
            Assert.InRange(1 - (distance / 2), accuracy - 1e-9, 1);
            exact += 1 - (distance / 2) < accuracy + 1e-9 ? 1 : 0;
        }

        // Noise that happens to be nearer than asked for stands as it is.
        Assert.InRange(exact, 95, 100);
    }

    [Fact]
    public void Forecast_OfNoAccuracy_IsNoise()
    {
        double[] forecast = new double[4];
        new LoadForecast(0, 4, new Xoshiro256(1)).Write([100, 0, 0, 0], forecast);
        Assert.Equal(100, forecast.Sum(), 1e-9);
        Assert.True(forecast[0] < 100);
    }

    [Fact]
    public void Forecast_WithoutTokens_IsZero()
    {
        double[] forecast = [1, 1];
        new LoadForecast(0.5, 2, new Xoshiro256(1)).Write([0, 0], forecast);
        Assert.Equal([0, 0], forecast);
    }
}
