namespace DaprMoE.Dashboard.Tests;

public sealed class PolicyPanelTests
{
    private static readonly PolicyView Policy = new("moeless", ["auto", "eplb", "moeless", "static"], Refusal: null);

    [Fact]
    public async Task Switch_AsksForWhatIsChosen_AndSaysWhatCameOfIt()
    {
        await using PageContext page = new();
        IRenderedComponent<PolicyPanel> panel = Render(page);

        await panel.InvokeAsync(() => panel.FindComponent<MudBlazor.MudSelect<string>>().Instance.ValueChanged.InvokeAsync("auto"));
        await panel.Find("form").SubmitAsync();

        Assert.Equal(new PolicySwitch("auto", AdminKey: null, IsLocal: true), Assert.Single(page.Source.Switches));
        Assert.Equal("auto is in force.", panel.Find("[role=status]").TextContent);
    }

    [Fact]
    public async Task Key_IsAskedForOnce()
    {
        await using PageContext page = new();
        page.Source.OnSwitch = wish => wish.AdminKey == "right"
            ? new SwitchAnswer(SwitchOutcome.Done, "done")
            : new SwitchAnswer(SwitchOutcome.KeyWanted, "The admin key is wanted.");
        IRenderedComponent<PolicyPanel> panel = Render(page);

        await panel.Find("form").SubmitAsync();
        await panel.Find("input[type=password]").ChangeAsync("right");
        await panel.Find("form").SubmitAsync();
        await panel.Find("form").SubmitAsync();

        Assert.Equal([null, "right", "right"], page.Source.Switches.Select(wish => wish.AdminKey));
        Assert.Empty(panel.FindAll("input[type=password]"));
    }

    [Fact]
    public async Task Refusal_OfThePolicy_IsShown_AndNothingCanBeSwitched()
    {
        await using PageContext page = new();
        IRenderedComponent<PolicyPanel> panel = Render(page, Policy with { Refusal = Snapshots.Why });

        Assert.Contains(Snapshots.Why, panel.Markup, StringComparison.Ordinal);
        Assert.Empty(panel.FindAll("form"));
    }

    private static IRenderedComponent<PolicyPanel> Render(PageContext page, PolicyView? policy = null)
    {
        page.RenderPopovers();
        return page.Render<PolicyPanel>(set => set.Add(p => p.Part, Part.Of(policy ?? Policy)).Add(p => p.IsLocal, true));
    }
}
