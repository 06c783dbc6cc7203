namespace DaprMoE.Dashboard.Tests;

public sealed class OverviewTests
{
    [Fact]
    public async Task Page_BeforeTheFirstSnapshot_SaysSo()
    {
        await using PageContext page = new();

        IRenderedComponent<Overview> overview = page.Render<Overview>();

        Assert.Contains("The server is starting.", overview.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WithNothingKnown_SaysWhyInEveryPanel()
    {
        await using PageContext page = new();
        using CancellationTokenSource stop = new();
        Task sampling = page.Sampler.RunAsync(stop.Token);

        IRenderedComponent<Overview> overview = page.Render<Overview>();

        Assert.Equal(6, overview.FindAll(".nothing-yet").Count(note => note.TextContent.Contains(Snapshots.Why, StringComparison.Ordinal)));
        Assert.Equal("tiny-moe", overview.Find(".served").TextContent);
        await stop.CancelAsync();
        await sampling;
    }

    [Fact]
    public async Task Page_EverySectionHasAName()
    {
        await using PageContext page = new();
        using CancellationTokenSource stop = new();
        Task sampling = page.Sampler.RunAsync(stop.Token);

        IRenderedComponent<Overview> overview = page.Render<Overview>();

        Assert.NotEmpty(overview.FindAll("section"));
        Assert.All(overview.FindAll("section"), section => Assert.NotEmpty(overview.Find("#" + section.GetAttribute("aria-labelledby")).TextContent));
        Assert.All(overview.FindAll("button"), button => Assert.NotEmpty(button.GetAttribute("aria-label") ?? button.TextContent.Trim()));
        await stop.CancelAsync();
        await sampling;
    }

    [Fact]
    public async Task Page_Fault_IsShown()
    {
        await using PageContext page = new();
        page.Source.Snapshot = Snapshots.Bare with { Server = new ServerView("tiny-moe", "ready", "The engine has stopped.", null) };
        using CancellationTokenSource stop = new();
        Task sampling = page.Sampler.RunAsync(stop.Token);

        IRenderedComponent<Overview> overview = page.Render<Overview>();

        Assert.Contains("The engine has stopped.", overview.Markup, StringComparison.Ordinal);
        await stop.CancelAsync();
        await sampling;
    }
}
