using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DaprMoE.Browser.Tests;

/// <summary>The dashboard of a real server in a real browser.</summary>
public sealed class DashboardTests(ServerProcess server, SharedBrowser browser)
{
    private readonly CancellationToken _stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task HeatMap_ChangesUnderLoad_AndTellsAboutAnExpertByKeyboard()
    {
        await using DashboardPage dashboard = await DashboardPage.OpenAsync(await browser.StartAsync(), server.Address);
        string before = await dashboard.PictureAsync();

        await server.AskAsync("Tell me a story about a fox and a lantern.", _stop);
        await Until(async () => await dashboard.PictureAsync() != before);
        await dashboard.HeatMap.FocusAsync();
        await dashboard.Page.Keyboard.PressAsync("ArrowRight");
        await dashboard.Page.Keyboard.PressAsync("ArrowDown");

        await Expect(dashboard.Page.GetByTestId("expert-details")).ToContainTextAsync("L1.E1: ");
        await Expect(dashboard.Page.GetByRole(AriaRole.Meter, new() { Name = "Memory of local-3" })).ToBeVisibleAsync();
        dashboard.AssertClean();
    }

    [Fact]
    public async Task Chat_StreamsTheModelsAnswer()
    {
        await using DashboardPage dashboard = await DashboardPage.OpenAsync(await browser.StartAsync(), server.Address);

        await dashboard.Page.GetByLabel("Message").FillAsync("What is the capital of Japan?");
        await dashboard.Page.Keyboard.PressAsync("Enter");

        await Expect(dashboard.Page.GetByTestId("chat-log")).ToContainTextAsync("Tokyo");
        await Expect(dashboard.Page.GetByLabel("Message")).ToHaveValueAsync("");
        dashboard.AssertClean();
    }

    [Fact]
    public async Task Policy_IsSwitchedByKeyboard()
    {
        await using DashboardPage dashboard = await DashboardPage.OpenAsync(await browser.StartAsync(), server.Address);
        IKeyboard keyboard = dashboard.Page.Keyboard;

        await dashboard.Page.GetByRole(AriaRole.Combobox, new() { Name = "Policy" }).FocusAsync();
        await keyboard.PressAsync("Enter");
        await Expect(dashboard.Page.GetByRole(AriaRole.Option, new() { Name = "auto" })).ToBeVisibleAsync();
        await keyboard.PressAsync("ArrowDown");
        await keyboard.PressAsync("Enter");
        await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("Enter");

        await Expect(dashboard.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("eplb is in force.");
        Assert.Contains("\"policy\":\"eplb\"", await server.GetAsync("/v1/policy", _stop), StringComparison.Ordinal);
        dashboard.AssertClean();
    }

    [Theory]
    [InlineData(ColorScheme.Light, "dark")]
    [InlineData(ColorScheme.Dark, "light")]
    public async Task Theme_FollowsTheSystem_AndCanBeToggled(ColorScheme system, string toggled)
    {
        await using DashboardPage dashboard = await DashboardPage.OpenAsync(await browser.StartAsync(), server.Address, scheme: system);
        ILocator panel = dashboard.Page.Locator(".panel").First;
        string followed = await BackgroundAsync(panel);

        await dashboard.Page.GetByRole(AriaRole.Button, new() { Name = "Switch between light and dark" }).ClickAsync();

        Assert.Equal(system == ColorScheme.Light ? "rgb(255, 255, 255)" : "rgb(22, 30, 39)", followed);
        Assert.NotEqual(followed, await BackgroundAsync(panel));
        await dashboard.Page.ReloadAsync();
        await Expect(dashboard.Page.Locator("html")).ToHaveAttributeAsync("data-theme", toggled);
        dashboard.AssertClean();
    }

    [Theory]
    [InlineData(320)]
    [InlineData(390)]
    [InlineData(820)]
    [InlineData(1280)]
    public async Task Page_FitsItsWindow(int width)
    {
        await using DashboardPage dashboard = await DashboardPage.OpenAsync(await browser.StartAsync(), server.Address, width);

        await server.AskAsync("What is two plus two?", _stop);

        Assert.Equal(0, await dashboard.OverflowAsync());
        Assert.Equal("[]", await WiderThanWindowAsync(dashboard));
        dashboard.AssertClean();
    }

    [Fact]
    public async Task Controls_AllHaveNames()
    {
        await using DashboardPage dashboard = await DashboardPage.OpenAsync(await browser.StartAsync(), server.Address);

        string nameless = await dashboard.Page.EvaluateAsync<string>(
            """
            () => JSON.stringify([...document.querySelectorAll('button, input, select, canvas, [tabindex="0"]')]
              .filter(e => e.offsetParent && !(e.ariaLabel || e.innerText?.trim() || e.labels?.length || e.getAttribute('aria-labelledby')))
              .map(e => e.outerHTML))
            """);

        Assert.Equal("[]", nameless);
    }

    private static Task<string> BackgroundAsync(ILocator element) =>
        element.EvaluateAsync<string>("panel => getComputedStyle(panel).backgroundColor");

    private static Task<string> WiderThanWindowAsync(DashboardPage dashboard) => dashboard.Page.EvaluateAsync<string>(
        "() => JSON.stringify([...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.className))");

    private async Task Until(Func<Task<bool>> condition)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(_stop);
        deadline.CancelAfter(TimeSpan.FromSeconds(10));
        while (!await condition())
        {
            deadline.Token.ThrowIfCancellationRequested();
        }
    }
}
