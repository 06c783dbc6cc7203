namespace DaprMoE.Dashboard.Tests;

public sealed class ChartTests
{
    [Fact]
    public void Points_GoFromLeftToRight_AndStayInside() =>
        Assert.Equal("0,100 90,50 300,0 ", new ChartSeries("line", "series-1", [0, 0.3, 1], [0, 5, 20]).Points(0, 10));

    [Fact]
    public async Task LineChart_SaysItsLatestValues()
    {
        await using PageContext page = new();
        IRenderedComponent<LineChart> chart = page.Render<LineChart>(set => set
            .Add(c => c.Label, "Residency")
            .Add(c => c.Span, "the last 3 s")
            .Add(c => c.Series, [new ChartSeries("served", "series-1", [0, 1], [1, 2]), new ChartSeries("static", "series-2", [0, 1], [2, 4])]));

        Assert.Equal("Residency, the last 3 s. served now 2.00, static now 4.00.", chart.Find("figure").GetAttribute("aria-label"));
        Assert.Equal(2, chart.FindAll("polyline").Count);
    }

    [Fact]
    public async Task ShareBars_SayTheBusiest()
    {
        await using PageContext page = new();
        IRenderedComponent<ShareBars> bars = page.Render<ShareBars>(set => set
            .Add(b => b.Label, "Layer 2").Add(b => b.Expected, [0.1, 0.9]).Add(b => b.Actual, [0.6, 0.4]));

        Assert.Equal("Layer 2. Most came to expert 0, most were foreseen for expert 1.", bars.Find("figure").GetAttribute("aria-label"));
    }

    [Theory]
    [InlineData(512, "512 B")]
    [InlineData(221184, "216.0 KiB")]
    [InlineData(8 << 20, "8.0 MiB")]
    [InlineData(3L << 30, "3.0 GiB")]
    public void Bytes_HaveABinaryUnit(long bytes, string expected) => Assert.Equal(expected, Quantities.Bytes(bytes));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.0004, "4.0e-4")]
    [InlineData(0.25, "0.250")]
    [InlineData(5201.4, "5201")]
    public void Short_HasThreeDigitsAtLeast(double figure, string expected) => Assert.Equal(expected, Quantities.Short(figure));
}
