using System.Net.Http.Json;
using System.Text.Json;

namespace DaprMoE.Api.Tests;

/// <summary>Servers by each policy, compared with one that maps every expert.</summary>
public sealed class PolicyTests(SharedGateway plain)
{
    private static readonly string[] Prompts =
        ["Once upon a time", "There was a fox", "In the old harbour", "The lantern", "A storm came", "Two children", "The baker", "Snow fell"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("static", "8MiB")]
    [InlineData("eplb", "8MiB")]
    [InlineData("moeless", "8MiB")]
    [InlineData("auto", "8MiB")]
    [InlineData("static", "4MiB")]
    [InlineData("moeless", "4MiB")]
    [InlineData("auto", "4MiB")]
    public async Task Policy_AtTheStart_AnswersAsThePlainServer(string policy, string memory)
    {
        await using GatewayProcess gateway = await GatewayProcess.StartAsync(("DEVICES", "4"), ("DEVICEMEMORY", memory), ("POLICY", policy));
        using HttpClient http = new() { BaseAddress = gateway.Address };
        string[] expected = await Task.WhenAll(Prompts.Select(prompt => AnswerAsync(plain.Http, prompt)));
        Assert.Equal(expected, await Task.WhenAll(Prompts.Select(prompt => AnswerAsync(http, prompt))));
        Assert.Equal(policy, (await GetAsync(http, "/v1/experts")).GetProperty("policy").GetString());

        string metrics = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancel);
        Assert.Matches($"daprmoe_policy_decisions_total\\{{[^}}]*policy=\"{policy}\"[^}}]*\\}} [1-9]", metrics);
        Assert.Matches($"daprmoe_policy_in_force\\{{[^}}]*policy=\"{policy}\"[^}}]*\\}} 1", metrics);
        Assert.Matches("daprmoe_forecast_accuracy_count\\{[^}]*\\} [1-9]", metrics);
        Assert.Matches("daprmoe_forecast_decision_seconds_count\\{[^}]*\\} [1-9]", metrics);
        Assert.Matches("daprmoe_expert_replicas\\{[^}]*\\} [1-9]", metrics);
    }

    [Fact]
    public async Task Policy_SwitchedWhileAnswersRun_ChangesNoText()
    {
        await using GatewayProcess gateway = await GatewayProcess.StartAsync(("DEVICES", "4"), ("DEVICEMEMORY", "8MiB"));
        using HttpClient http = new() { BaseAddress = gateway.Address };
        string[] expected = await Task.WhenAll(Prompts.Select(prompt => AnswerAsync(plain.Http, prompt)));
        Task<string[]> running = Task.WhenAll(Prompts.Select(prompt => AnswerAsync(http, prompt)));
        foreach (string policy in (string[])["moeless", "eplb", "static", "moeless", "auto"])
        {
            using HttpResponseMessage response = await http.PostAsJsonAsync(new Uri("/v1/policy", UriKind.Relative), new { policy }, Cancel);
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancel));
            Assert.Equal(policy, (await GetAsync(http, "/v1/policy")).GetProperty("policy").GetString());
        }

        Assert.Equal(expected, await running);
        Assert.Equal(expected, await Task.WhenAll(Prompts.Select(prompt => AnswerAsync(http, prompt))));
    }

    [Fact]
    public async Task Eplb_TooLittleRoom_IsRefusedByNameWithBothNumbers()
    {
        await using GatewayProcess refused = GatewayProcess.Run(
            [("MODEL", BuildOutput.TinyMoe), ("URLS", "http://127.0.0.1:0"), ("DEVICES", "4"), ("DEVICEMEMORY", "4MiB"), ("POLICY", "eplb")]);
        (int exitCode, string errors) = await refused.WaitForExitAsync();
        Assert.Equal(1, exitCode);
        Assert.Contains("Policy 'eplb' does not fit: the devices have 72 slots for 96 experts.", errors, StringComparison.Ordinal);

        await using GatewayProcess gateway = await GatewayProcess.StartAsync(("DEVICES", "4"), ("DEVICEMEMORY", "4MiB"));
        using HttpClient http = new() { BaseAddress = gateway.Address };
        using HttpResponseMessage response = await http.PostAsJsonAsync(new Uri("/v1/policy", UriKind.Relative), new { policy = "eplb" }, Cancel);
        Assert.Equal(System.Net.HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("72 slots for 96 experts", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private static Task<JsonElement> GetAsync(HttpClient http, string path) =>
        http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative), Cancel);

    private static async Task<string> AnswerAsync(HttpClient http, string prompt)
    {
        using HttpResponseMessage response = await http.PostAsJsonAsync(
            new Uri("/v1/completions", UriKind.Relative), new { prompt, temperature = 0, max_tokens = 40, ignore_eos = true }, Cancel);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancel));
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        return answer.GetProperty("choices")[0].GetProperty("text").GetString()!;
    }
}
