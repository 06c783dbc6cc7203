namespace DaprMoE.Dashboard.Tests;

public sealed class PanelTests
{
    private static readonly DeviceView Device = new("local-0", "cpu", Alive: true, BudgetBytes: 8 << 20, ResidentBytes: 4 << 20, LoadingBytes: 0, Rows: 12);

    [Fact]
    public async Task Devices_ShowMemoryAsAMeter_AndWhatIsLost()
    {
        await using PageContext page = new();
        DevicesView devices = new([Device, Device with { Name = "local-1", Alive = false, BudgetBytes = null }], 0.5, 1.75);
        IRenderedComponent<DevicesPanel> panel = page.Render<DevicesPanel>(set => set.Add(p => p.Part, Part.Of(devices)));

        AngleSharp.Dom.IElement meter = Assert.Single(panel.FindAll("[role=meter]"));

        Assert.Equal(("50", "4.0 MiB of 8.0 MiB"), (meter.GetAttribute("aria-valuenow"), meter.GetAttribute("aria-valuetext")));
        Assert.Contains("lost", panel.FindAll("tbody tr")[1].TextContent, StringComparison.Ordinal);
        Assert.Equal(["0.50", "1.75"], panel.FindAll(".panel-foot b").Select(figure => figure.TextContent));
    }

    [Fact]
    public async Task Plan_ShowsBothLoops_WithTheirReasons()
    {
        await using PageContext page = new();
        PlanSummary plan = new(3, "auto", TimeSpan.FromSeconds(2),
        [
            new LayerPlanSummary(0, 18, "replanned", "E3 ×3", new LayerDecisionView(17, 18, "cap")),
            new LayerPlanSummary(1, 16, "balanced", "", null),
        ]);
        IRenderedComponent<PlanPanel> panel = page.Render<PlanPanel>(set => set.Add(p => p.Part, Part.Of(plan)));

        string[] rows = [.. panel.FindAll("tbody tr").Select(row => row.TextContent)];

        Assert.All(["18", "replanned", "17 alive, 18 wanted", "cap", "E3 ×3"], text => Assert.Contains(text, rows[0], StringComparison.Ordinal));
        Assert.All(["16", "balanced", "one of each"], text => Assert.Contains(text, rows[1], StringComparison.Ordinal));
        Assert.Contains("version 3, by auto", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bill_ShowsAllThreeMeters_BesideStatic()
    {
        await using PageContext page = new();
        HistoryPoint[] history =
            [.. Enumerable.Range(1, 3).Select(second => new HistoryPoint(Snapshots.Start.AddSeconds(second), 0, Snapshots.Bill(second), null, null))];
        IRenderedComponent<BillPanel> panel = page.Render<BillPanel>(set => set
            .Add(p => p.Part, Part.Of(Snapshots.Bill(3))).Add(p => p.History, history));

        Assert.Equal(["active GB·s", "residency GB·s", "money USD"], panel.FindAll("tbody th").Select(head => head.TextContent));
        Assert.All(panel.FindAll("tbody tr"), row => Assert.Contains("0.50 ×", row.TextContent, StringComparison.Ordinal));
        Assert.Equal(2, panel.FindAll("polyline").Count);
    }

    [Fact]
    public async Task Forecast_ShowsTheLayerThatIsChosen()
    {
        await using PageContext page = new();
        ForecastView forecast = new(
        [
            new LayerForecast(0, "token-table", [0.5, 0.5], [0.4, 0.6], 0.9),
            new LayerForecast(2, "speculative-gate", [1, 0], [0.2, 0.8], 0.2),
        ]);
        IRenderedComponent<ForecastPanel> panel = page.Render<ForecastPanel>(set => set.Add(p => p.Part, Part.Of(forecast)));

        Assert.Contains("token-table", panel.Find(".panel-foot").TextContent, StringComparison.Ordinal);
        panel.FindAll(".choice")[1].Click();

        Assert.Contains("Layer 2, by speculative-gate: load accuracy 20 %.", panel.Find(".panel-foot").TextContent, StringComparison.Ordinal);
        Assert.Equal(["false", "true"], panel.FindAll(".choice").Select(choice => choice.GetAttribute("aria-pressed")));
    }

    [Fact]
    public async Task Requests_ShowTheOldest_AndSayHowManyThereAre()
    {
        await using PageContext page = new();
        RequestsView requests = new([new RequestView("chatcmpl-0123456789abcdef", "chat", TimeSpan.FromSeconds(3), 7, 40)], 25);
        IRenderedComponent<RequestsPanel> panel = page.Render<RequestsPanel>(set => set.Add(p => p.Requests, requests));

        Assert.Contains("the oldest 1 of 25", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("chat …89abcdef", panel.Find("tbody th").TextContent, StringComparison.Ordinal);
        Assert.Equal(["3.0 s", "7", "40"], panel.FindAll("tbody td").Select(cell => cell.TextContent));
    }
}
