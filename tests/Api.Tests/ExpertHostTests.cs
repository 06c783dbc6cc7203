using System.Net.Http.Json;
using System.Text.Json;

namespace DaprMoE.Api.Tests;

/// <summary>A gateway whose experts are on two hosts, compared with one that maps all of them.</summary>
public sealed class ExpertHostTests(SharedGateway plain)
{
    private static readonly string[] Prompts =
        ["Once upon a time", "There was a fox", "In the old harbour", "The lantern", "A storm came", "Two children", "The baker", "Snow fell"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hosts_OneKilledInTheMiddle_AnswerAsThePlainServer()
    {
        await using ExpertHostProcess first = await ExpertHostProcess.StartAsync("host-0", Cancel);
        await using ExpertHostProcess second = await ExpertHostProcess.StartAsync("host-1", Cancel);
        await using GatewayProcess gateway = await GatewayProcess.StartAsync(("EXPERTHOSTS", $"{first.Address},{second.Address}"));
        using HttpClient http = new() { BaseAddress = gateway.Address };
        string[] expected = await Task.WhenAll(Prompts.Select(prompt => AnswerAsync(plain.Http, prompt)));

        await WaitForDevicesAsync(http, ["host-0-0 True", "host-1-0 True"]);
        Task<string[]> running = Task.WhenAll(Prompts.Select(prompt => AnswerAsync(http, prompt)));
        await FirstTokensAsync(http);
        second.Kill();

        Assert.Equal(expected, await running);
        await WaitForDevicesAsync(http, ["host-0-0 True", "host-1-0 False"]);
    }

    [Fact]
    public async Task Hosts_OneIsNotThere_GatewayNamesItAndTheRemedy()
    {
        await using GatewayProcess gateway = GatewayProcess.Run(
            [("MODEL", BuildOutput.TinyMoe), ("URLS", "http://127.0.0.1:0"), ("EXPERTHOSTS", "127.0.0.1:1"), ("DEVICES", "2")]);
        (int exitCode, string errors) = await gateway.WaitForExitAsync();
        Assert.Equal(2, exitCode);
        Assert.Contains("--expert-hosts", errors, StringComparison.Ordinal);
    }

    /// <summary>Answers to a short request of its own come only when the others are under way.</summary>
    private static async Task FirstTokensAsync(HttpClient http)
    {
        JsonElement answer = await PostAsync(http, new { prompt = "Hello", temperature = 0, max_tokens = 4, ignore_eos = true });
        Assert.Equal(4, answer.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    /// <summary>A host that misses its beats on a crowded machine is back a moment later.</summary>
    private static async Task WaitForDevicesAsync(HttpClient http, string[] expected)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (!Enumerable.SequenceEqual(expected, await DevicesAsync(http)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
        }
    }

    private static async Task<string[]> DevicesAsync(HttpClient http)
    {
        JsonElement experts = await http.GetFromJsonAsync<JsonElement>(new Uri("/v1/experts", UriKind.Relative), Cancel);
        return [.. experts.GetProperty("devices").EnumerateArray().Select(device => $"{device.GetProperty("name")} {device.GetProperty("alive")}")];
    }

    private static async Task<string> AnswerAsync(HttpClient http, string prompt)
    {
        JsonElement answer = await PostAsync(http, new { prompt, temperature = 0, max_tokens = 100, ignore_eos = true });
        return answer.GetProperty("choices")[0].GetProperty("text").GetString()!;
    }

    private static async Task<JsonElement> PostAsync(HttpClient http, object body)
    {
        using HttpResponseMessage response = await http.PostAsJsonAsync(new Uri("/v1/completions", UriKind.Relative), body, Cancel);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancel));
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }
}
