using System.Text.Json;

namespace DaprMoE.Cli.Tests;

/// <summary><c>ps</c> against a server whose experts do not all fit.</summary>
public sealed class PsCommandTests
{
    private readonly CancellationToken _stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ps_ServerWithTwoDevices_ListsDevicesAndExperts()
    {
        using CommandProcess server = CommandProcess.Start("serve", "--port", "0", "--devices", "2", "--device-memory", "1MiB", "--json");
        using JsonDocument banner = JsonDocument.Parse(await server.Out.ReadLineAsync(_stop) ?? "");
        string url = banner.RootElement.GetProperty("urls")[0].GetString()!;
        using HttpClient client = new() { BaseAddress = new Uri(url) };
        using StringContent body = new("""{"prompt":"Once","max_tokens":8}""", null, "application/json");
        using HttpResponseMessage answer = await client.PostAsync(new Uri("/v1/completions", UriKind.Relative), body, _stop);
        Assert.True(answer.IsSuccessStatusCode);

        Run plain = await Run.Of("ps", "--url", url);
        Run json = await Run.Of("ps", "--url", url, "--layer", "5", "--json");
        await server.EndBySignalAsync("TERM", _stop);

        Assert.Equal(0, plain.ExitCode);
        Assert.Matches("local-0 +cpu +alive +1.00 MiB", plain.Out);
        Assert.Matches("local-1 +cpu +alive +1.00 MiB", plain.Out);
        Assert.Matches(@"L5\.E\d+ +local-[01] +warm +1 +\d+ +pressure", plain.Out);
        using JsonDocument inventory = JsonDocument.Parse(json.Out);
        Assert.Equal(2, inventory.RootElement.GetProperty("devices").GetArrayLength());
        Assert.NotEmpty(inventory.RootElement.GetProperty("data").EnumerateArray());
        Assert.All(inventory.RootElement.GetProperty("data").EnumerateArray(), expert => Assert.Equal(5, expert.GetProperty("layer").GetInt32()));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", 4, "No server answers at http://127.0.0.1:1/v1/experts")]
    [InlineData("nonsense", 2, "--url is nonsense; it may be http://HOST:PORT or https://HOST:PORT.")]
    public async Task Ps_NoServer_SaysSo(string url, int exitCode, string message)
    {
        Run run = await Run.Of("ps", "--url", url);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--device-memory", "lots", "--device-memory is lots; it may be a number of bytes")]
    [InlineData("--device-memory", "100kB", "100000")]
    [InlineData("--devices", "0", "--devices is 0; it may be 1 to 1024.")]
    [InlineData("--split", "fair", "--split is fair; it may be balanced or balanced-crossover or even or even-crossover.")]
    public async Task Serve_DeviceFlagWrong_IsRefused(string option, string value, string message)
    {
        Run run = await Run.Of("serve", "--port", "0", option, value);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }
}
