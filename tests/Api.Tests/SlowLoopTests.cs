using System.Net.Http.Json;
using System.Text.Json;

namespace DaprMoE.Api.Tests;

/// <summary>Servers that plan by the load that they see, compared with one that maps all experts.</summary>
public sealed class SlowLoopTests(SharedGateway plain)
{
    private const int AtOnce = 4;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Devices_ShiftingPrompts_GetAPlanAndAnswerAsThePlainServer()
    {
        await using ServeProcess server =
            await ServeProcess.StartAsync(Cancel, "--devices", "4", "--device-memory", "8MiB", "--policy", "auto");

        await AssertSameAnswersUntilAsync(server, async () => await VersionAsync(server) >= 1);
        JsonElement plan = await PlanAsync(server);

        Assert.Equal("auto", plan.GetProperty("policy").GetString());
        Assert.Equal(["local-0", "local-1", "local-2", "local-3"], plan.GetProperty("devices").EnumerateArray().Select(name => name.GetString()!));
        Assert.Equal(6, plan.GetProperty("layers").GetArrayLength());
        Assert.All(plan.GetProperty("layers").EnumerateArray(), layer => Assert.True(layer.GetProperty("replicas").GetArrayLength() >= 16));
    }

    [Fact]
    public async Task Hosts_OneKilledUnderAPlan_AnswerAsThePlainServer_AndThePlanLeavesItOut()
    {
        await using ExpertHostProcess first = await ExpertHostProcess.StartAsync("host-0", Cancel);
        await using ExpertHostProcess second = await ExpertHostProcess.StartAsync("host-1", Cancel);
        await using ServeProcess server =
            await ServeProcess.StartAsync(Cancel, "--expert-hosts", $"{first.Address},{second.Address}", "--policy", "auto");

        await AssertSameAnswersUntilAsync(server, async () => await VersionAsync(server) >= 1);
        Task<string[]> running = AnswersAsync(server.Http, Prompts().Take(AtOnce));
        second.Kill();

        Assert.Equal(await AnswersAsync(plain.Http, Prompts().Take(AtOnce)), await running);
        await AssertSameAnswersUntilAsync(server, async () => (await DevicesAsync(server)).SequenceEqual(["host-0-0"]));
    }

    /// <summary>Sends the prompts, a few at a time, from the first to the last and again, until something is so.</summary>
    private async Task AssertSameAnswersUntilAsync(ServeProcess server, Func<Task<bool>> isSo)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        string[][] rounds = [.. Prompts().Chunk(AtOnce)];
        for (int round = 0; !await isSo(); round++)
        {
            limit.Token.ThrowIfCancellationRequested();
            string[] prompts = rounds[round % rounds.Length];
            Assert.Equal(await AnswersAsync(plain.Http, prompts), await AnswersAsync(server.Http, prompts));
        }
    }

    private static async Task<long> VersionAsync(ServeProcess server) => (await PlanAsync(server)).GetProperty("version").GetInt64();

    private static async Task<string[]> DevicesAsync(ServeProcess server) =>
        [.. (await PlanAsync(server)).GetProperty("devices").EnumerateArray().Select(name => name.GetString()!)];

    private static Task<JsonElement> PlanAsync(ServeProcess server) =>
        server.Http.GetFromJsonAsync<JsonElement>(new Uri("/v1/plan", UriKind.Relative), Cancel);

    private static Task<string[]> AnswersAsync(HttpClient http, IEnumerable<string> prompts) =>
        Task.WhenAll(prompts.Select(prompt => AnswerAsync(http, prompt)));

    private static async Task<string> AnswerAsync(HttpClient http, string prompt)
    {
        object body = new { messages = new[] { new { role = "user", content = prompt } }, temperature = 0, max_tokens = 40 };
        using HttpResponseMessage response = await http.PostAsJsonAsync(new Uri("/v1/chat/completions", UriKind.Relative), body, Cancel);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancel));
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        return answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
    }

    /// <summary>The bundled prompts whose topics shift.</summary>
    private static IEnumerable<string> Prompts() =>
        File.ReadLines(Path.Combine(BuildOutput.TinyMoe, "prompts", "prompts-shift.jsonl")).Take(120).Select(line =>
        {
            using JsonDocument prompt = JsonDocument.Parse(line);
            return prompt.RootElement.GetProperty("messages")[0].GetProperty("content").GetString()!;
        });
}
