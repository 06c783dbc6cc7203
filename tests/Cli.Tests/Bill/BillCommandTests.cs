using System.Text.Json;

namespace DaprMoE.Cli.Tests;

/// <summary><c>bill</c> against a server whose experts do not all fit.</summary>
public sealed class BillCommandTests
{
    private readonly CancellationToken _stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bill_ServerThatAnswered_ShowsThreeMetersBesideStatic()
    {
        using CommandProcess server = CommandProcess.Start("serve", "--port", "0", "--devices", "2", "--device-memory", "1MiB", "--json");
        using JsonDocument banner = JsonDocument.Parse(await server.Out.ReadLineAsync(_stop) ?? "");
        string url = banner.RootElement.GetProperty("urls")[0].GetString()!;
        using HttpClient client = new() { BaseAddress = new Uri(url) };
        using StringContent body = new("""{"prompt":"Once","max_tokens":8,"daprmoe":{"usage":true}}""", null, "application/json");
        using HttpResponseMessage response = await client.PostAsync(new Uri("/v1/completions", UriKind.Relative), body, _stop);
        using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(_stop));

        Run plain = await Run.Of("bill", "--url", url, "--experts", "3");
        Run json = await Run.Of("bill", "--url", url, "--json");
        await server.EndBySignalAsync("TERM", _stop);

        string id = answer.RootElement.GetProperty("id").GetString()!;
        Assert.Equal(0, plain.ExitCode);
        Assert.Matches("policy +active GB·s +static +residency GB·s +static +money USD +static +calls", plain.Out);
        Assert.Matches(@"others \(93\)", plain.Out);
        Assert.Matches(id + @" +\d", plain.Out);
        using JsonDocument bill = JsonDocument.Parse(json.Out);
        JsonElement told = answer.RootElement.GetProperty("usage").GetProperty("daprmoe");
        JsonElement listed = bill.RootElement.GetProperty("requests")[0];
        Assert.Equal(id, listed.GetProperty("name").GetString());
        foreach (string side in new[] { "actual", "static" })
        {
            Assert.Equal(told.GetProperty(side).GetRawText(), listed.GetProperty(side).GetRawText());
            Assert.True(told.GetProperty(side).GetProperty("active_gb_seconds").GetDouble() > 0);
        }

        // At most 8 of 96 experts are held at a time.
        double share = listed.GetProperty("actual").GetProperty("active_gb_seconds").GetDouble()
            / listed.GetProperty("static").GetProperty("active_gb_seconds").GetDouble();
        Assert.InRange(share, 0.01, 0.5);
    }

    [Fact]
    public async Task Bill_NoServer_SaysSo()
    {
        Run run = await Run.Of("bill", "--url", "http://127.0.0.1:1");
        Assert.Equal(4, run.ExitCode);
        Assert.Contains("No server answers at http://127.0.0.1:1/v1/bill", run.Error, StringComparison.Ordinal);
    }
}
