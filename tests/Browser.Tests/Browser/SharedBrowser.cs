using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(DaprMoE.Browser.Tests.SharedBrowser))]

namespace DaprMoE.Browser.Tests;

/// <summary>One Chromium for all tests; each opens its pages in a context of its own.</summary>
public sealed class SharedBrowser : IAsyncDisposable
{
    private readonly Lazy<Task<IBrowser>> _browser;
    private IPlaywright? _playwright;

    public SharedBrowser() => _browser = new(LaunchAsync);

    /// <summary>The browser, started for the first who asks; skips the test where there is none.</summary>
    public Task<IBrowser> StartAsync()
    {
        Chromium.Require();
        return _browser.Value;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser.IsValueCreated)
        {
            await (await _browser.Value).DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private async Task<IBrowser> LaunchAsync()
    {
        _playwright = await Playwright.CreateAsync();
        // Root may not use the sandbox, and CI runs as root.
        return await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Require(), Args = ["--no-sandbox"] });
    }
}
