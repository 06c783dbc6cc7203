namespace DaprMoE.Dashboard.Tests;

public sealed class HeatMapPanelTests
{
    [Fact]
    public async Task Select_ShowsTheExpert_AndAnnouncesIt()
    {
        await using PageContext page = new();
        IRenderedComponent<HeatMapPanel> panel = page.Render<HeatMapPanel>(set => set.Add(p => p.Part, Part.Of(Snapshots.Map)));

        await panel.FindComponent<HeatMapCanvas>().Instance.Select(0, 0);

        Assert.StartsWith("L1.E0: 100 tokens", panel.Find("#expert-details").TextContent, StringComparison.Ordinal);
        Assert.StartsWith("L1.E0: 100 tokens", panel.Find("[aria-live=polite]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Canvas_CanBeReachedByKeyboard_AndHasAName()
    {
        await using PageContext page = new();
        IRenderedComponent<HeatMapPanel> panel = page.Render<HeatMapPanel>(set => set.Add(p => p.Part, Part.Of(Snapshots.Map)));

        AngleSharp.Dom.IElement canvas = panel.Find("canvas");

        Assert.Equal("0", canvas.GetAttribute("tabindex"));
        Assert.NotEmpty(canvas.GetAttribute("aria-label")!);
        Assert.Equal("expert-details", canvas.GetAttribute("aria-describedby"));
    }

    [Fact]
    public async Task Missing_SaysWhy()
    {
        await using PageContext page = new();
        IRenderedComponent<HeatMapPanel> panel = page.Render<HeatMapPanel>(set => set.Add(p => p.Part, Part.Missing<ExpertMap>(Snapshots.Why)));

        Assert.Contains(Snapshots.Why, panel.Markup, StringComparison.Ordinal);
        Assert.Empty(panel.FindAll("canvas"));
    }
}
