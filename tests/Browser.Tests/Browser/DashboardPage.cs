using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace DaprMoE.Browser.Tests;

/// <summary>The dashboard as somebody sees it who has never been there, with everything that went wrong in it.</summary>
internal sealed class DashboardPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _faults = new();

    private DashboardPage(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    public ILocator HeatMap => Page.GetByTestId("heat-map");

    /// <summary>Opens it and waits until the browser and the server are connected.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="address">The server.</param>
    /// <param name="width">Width of the window; 390 is a phone's.</param>
    /// <param name="scheme">What the system says about light and dark.</param>
    public static async Task<DashboardPage> OpenAsync(IBrowser browser, Uri address, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        IBrowserContext context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
        });
        DashboardPage dashboard = new(context, await context.NewPageAsync());
        dashboard.Watch(address.Authority);
        await dashboard.Page.GotoAsync(address.ToString());
        await Assertions.Expect(dashboard.Page.Locator("main[data-interactive]")).ToBeVisibleAsync();
        await Assertions.Expect(dashboard.HeatMap).ToHaveAttributeAsync("data-frames", new System.Text.RegularExpressions.Regex("[0-9]+"));
        return dashboard;
    }

    /// <summary>Asserts that the console is clean and that every request stayed on the server.</summary>
    public void AssertClean() => Assert.Empty(_faults);

    /// <summary>What the heat map shows, as a picture.</summary>
    public Task<string> PictureAsync() => HeatMap.EvaluateAsync<string>("canvas => canvas.toDataURL()");

    /// <summary>How far the page reaches beyond the window, in pixels.</summary>
    public Task<int> OverflowAsync() =>
        Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Watch(string authority)
    {
        Page.Console += (_, message) => Add(message.Type is "error" or "warning", $"console: {message.Text}");
        Page.PageError += (_, error) => Add(true, $"error: {error}");
        Page.RequestFailed += (_, request) => Add(!request.Url.Contains("_blazor/disconnect", StringComparison.Ordinal), $"failed: {request.Url}");
        Page.Request += (_, request) => Add(!IsOwn(request.Url, authority), $"request to another host: {request.Url}");
        Page.WebSocket += (_, socket) => Add(!IsOwn(socket.Url, authority), $"connection to another host: {socket.Url}");
    }

    private static bool IsOwn(string url, string authority) =>
        new Uri(url) is { Scheme: "data" or "blob" } || new Uri(url).Authority == authority;

    private void Add(bool isFault, string text)
    {
        if (isFault)
        {
            _faults.Enqueue(text);
        }
    }
}
