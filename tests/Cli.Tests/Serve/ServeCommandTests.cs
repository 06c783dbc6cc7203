using System.Text.Json;

namespace DaprMoE.Cli.Tests;

/// <summary>The server as a process of its own.</summary>
public sealed class ServeCommandTests
{
    private readonly CancellationToken _stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_SaysUrlModelAndNextCommands_Answers_AndEndsByCtrlC()
    {
        using CommandProcess server = CommandProcess.Start("serve", "--port", "0");
        string banner = await ReadLinesAsync(server, 7);
        string url = banner.Split(' ').First(word => word.StartsWith("http://", StringComparison.Ordinal));
        using HttpClient client = new() { BaseAddress = new Uri(url) };

        string models = await client.GetStringAsync(new Uri("/v1/models", UriKind.Relative), _stop);
        (int exitCode, string error) = await server.EndBySignalAsync("INT", _stop);

        Assert.StartsWith("Serving tiny-moe on http://127.0.0.1:", banner, StringComparison.Ordinal);
        Assert.Contains($"Dashboard: {url}/", banner, StringComparison.Ordinal);
        Assert.Equal(3, banner.Split('\n').Count(line => line.StartsWith("  curl ", StringComparison.Ordinal)));
        Assert.Contains("tiny-moe", models, StringComparison.Ordinal);
        Assert.Equal((0, "Stopping: running answers are finished first; Ctrl-C again ends at once.\n"), (exitCode, error));
    }

    [Fact]
    public async Task Json_PrintsOneObject_WithTheAddress()
    {
        using CommandProcess server = CommandProcess.Start("serve", "--port", "0", "--model-id", "mine", "--json");
        using JsonDocument banner = JsonDocument.Parse(await ReadLinesAsync(server, 1));
        (int exitCode, _) = await server.EndBySignalAsync("TERM", _stop);

        Assert.StartsWith("http://127.0.0.1:", banner.RootElement.GetProperty("urls")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal("mine", banner.RootElement.GetProperty("model").GetString());
        Assert.Equal(0, exitCode);
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--json", "--verbose")]
    public async Task Urls_BeyondLoopback_SaysWhoMayUseIt(params string[] flags)
    {
        using CommandProcess server = CommandProcess.Start(["serve", "--urls", "http://0.0.0.0:0;http://127.0.0.1:0", .. flags]);
        await ReadLinesAsync(server, 1);
        (int exitCode, string error) = await server.EndBySignalAsync("TERM", _stop);

        Assert.Equal(0, exitCode);
        string line = Assert.Single(error.Split('\n'), line => line.Contains("whoever reaches it may use it", StringComparison.Ordinal));
        Assert.Contains("http://0.0.0.0:", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--urls", "nonsense", "nonsense")]
    [InlineData("--port", "70000", "--port is 70000; it may be 0 to 65535.")]
    public async Task Address_Wrong_IsRefused(string option, string value, string expected)
    {
        Run run = await Run.Of("serve", option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port")]
    [InlineData("--urls")]
    public async Task Port_Taken_SaysSo_InOneLineOnStandardError(string option)
    {
        using CommandProcess first = CommandProcess.Start("serve", "--port", "0", "--json");
        using JsonDocument banner = JsonDocument.Parse(await ReadLinesAsync(first, 1));
        string url = banner.RootElement.GetProperty("urls")[0].GetString()!;

        using CommandProcess second = CommandProcess.Start("serve", option, option == "--port" ? url.Split(':')[^1] : url);
        (int exitCode, string error) = await second.EndAsync(_stop);

        Assert.Equal(4, exitCode);
        Assert.Contains(url, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Equal("", await second.Out.ReadToEndAsync(_stop));
    }

    [Fact]
    public async Task Answer_CtrlC_EndsCleanly()
    {
        using CommandProcess chat = CommandProcess.Start("chat", "Tell me a story about a fox and a lantern.", "--temperature", "1.5", "--max-tokens", "1000");
        char[] first = new char[1];
        await chat.Out.ReadAsync(first, _stop);
        (int exitCode, string error) = await chat.EndBySignalAsync("INT", _stop);

        Assert.Equal((130, ""), (exitCode, error));
    }

    private async Task<string> ReadLinesAsync(CommandProcess process, int count)
    {
        List<string> lines = [];
        while (lines.Count < count && await process.Out.ReadLineAsync(_stop) is { } line)
        {
            lines.Add(line);
        }

        return string.Join('\n', lines);
    }
}
