using System.Globalization;
using System.Text;

namespace DaprMoE.Api.Tests;

public sealed class LifetimeTests(SharedGateway gateway)
{
    private const string Endless = """{"prompt":"Once","ignore_eos":true,"max_tokens":900,"stream":true}""";

    // One sequence of the bundled model is over in a second, which a loaded machine may need to notice that its client left.
    private const int LongPrompts = 64;

    private static readonly string Long =
        $$"""{"prompt":[{{string.Join(',', Enumerable.Repeat("\"Once\"", LongPrompts))}}],"ignore_eos":true,"max_tokens":900,"stream":true}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_ClientLeaves_FreesItsSlot()
    {
        await using GatewayProcess own = await GatewayProcess.StartAsync();
        using HttpClient http = new() { BaseAddress = own.Address };
        using (HttpResponseMessage response = await StreamAsync(http, Long))
        {
            await using Stream body = await response.Content.ReadAsStreamAsync(Cancel);
            Assert.NotEqual(0, await body.ReadAsync(new byte[1], Cancel));
        }

        await WaitForAsync(http, "daprmoe_num_requests_running", 0);
        await WaitForAsync(http, "daprmoe_request_success_total", LongPrompts, "abort");
        await WaitForAsync(http, "daprmoe_kv_cache_usage_perc", 0);
        double generated = await ReadAsync(http, "daprmoe_generation_tokens_total", "");
        Assert.InRange(generated, 0, (LongPrompts * 900) - 1);
    }

    [Fact]
    public async Task Terminate_WhileStreaming_EndsTheStreamAndTheProcess()
    {
        await using GatewayProcess own = await GatewayProcess.StartAsync(("DRAINSECONDS", "0"));
        using HttpClient http = new() { BaseAddress = own.Address };
        using HttpResponseMessage response = await StreamAsync(http);
        own.Terminate();
        string stream = await response.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("shutting_down", stream, StringComparison.Ordinal);
        (int exitCode, _) = await own.WaitForExitAsync();
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Queue_Full_Is429()
    {
        await using GatewayProcess own = await GatewayProcess.StartAsync(("QUEUELIMIT", "1"), ("BATCHLIMIT", "1"));
        using HttpClient http = new() { BaseAddress = own.Address };
        using HttpResponseMessage running = await StreamAsync(http);
        await WaitForAsync(http, "daprmoe_num_requests_running", 1);
        using HttpResponseMessage waiting = await StreamAsync(http);
        using HttpResponseMessage refused = await StreamAsync(http);
        Assert.Equal(429, (int)refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task Start_WrongSettings_NamesAllOfThem()
    {
        await using GatewayProcess own = GatewayProcess.Run([("QUEUELIMIT", "none"), ("THREADS", "0")]);
        (int exitCode, string errors) = await own.WaitForExitAsync();
        Assert.Equal(2, exitCode);
        Assert.Contains("Gateway:QueueLimit is 'none'", errors, StringComparison.Ordinal);
        Assert.Contains("Gateway:Threads is '0'", errors, StringComparison.Ordinal);
        Assert.Contains("Gateway:Model is not set", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NoCheckpoint_EndsWithAnError()
    {
        await using GatewayProcess own = GatewayProcess.Run([("MODEL", "docs"), ("URLS", "http://127.0.0.1:0")]);
        (int exitCode, string errors) = await own.WaitForExitAsync();
        Assert.Equal(1, exitCode);
        Assert.Contains("docs", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AddressTaken_NamesIt()
    {
        string taken = gateway.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);
        await using GatewayProcess own = GatewayProcess.Run([("MODEL", BuildOutput.TinyMoe), ("URLS", taken)]);
        (int exitCode, string errors) = await own.WaitForExitAsync();
        Assert.Equal(1, exitCode);
        Assert.Contains(taken, errors, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> StreamAsync(HttpClient http, string body = Endless)
    {
        HttpRequestMessage request = new(HttpMethod.Post, new Uri("/v1/completions", UriKind.Relative))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
    }

    private static async Task WaitForAsync(HttpClient http, string metric, double value, string label = "")
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        while (await ReadAsync(http, metric, label) != value)
        {
            Assert.False(deadline.IsCancellationRequested, $"{metric} did not become {value}.");
        }
    }

    /// <summary>The value of a series; NaN while there is none.</summary>
    private static async Task<double> ReadAsync(HttpClient http, string metric, string label)
    {
        string text = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancel);
        string? line = text.Split('\n').FirstOrDefault(line =>
            line.StartsWith(metric, StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal));
        return line is null
            ? double.NaN
            : double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
