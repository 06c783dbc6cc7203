using System.Net.Http.Json;
using System.Text.Json;

namespace DaprMoE.Api.Tests;

/// <summary>Servers whose experts live on devices, compared with one that maps all of them.</summary>
public sealed class DeviceTests(SharedGateway plain)
{
    private const int ExpertBytes = 221_184;

    private static readonly string[] Prompts =
        ["Once upon a time", "There was a fox", "In the old harbour", "The lantern", "A storm came", "Two children", "The baker", "Snow fell"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("4", "4MiB")]
    [InlineData("2", "1MiB")]
    [InlineData("1", "1MiB")]
    [InlineData("3", null)]
    public async Task Devices_ThatHoldFewerExpertsThanThereAre_AnswerAsThePlainServer(string devices, string? memory)
    {
        List<(string, string)> settings = [("DEVICES", devices)];
        settings.AddRange(memory is null ? [] : [("DEVICEMEMORY", memory)]);
        await using GatewayProcess gateway = await GatewayProcess.StartAsync([.. settings]);
        using HttpClient http = new() { BaseAddress = gateway.Address };

        string[] expected = await Task.WhenAll(Prompts.Select(prompt => AnswerAsync(plain.Http, prompt)));
        string[] actual = await Task.WhenAll(Prompts.Select(prompt => AnswerAsync(http, prompt)));

        Assert.Equal(expected, actual);
        JsonElement experts = await http.GetFromJsonAsync<JsonElement>(new Uri("/v1/experts", UriKind.Relative), Cancel);
        Assert.Equal(int.Parse(devices), experts.GetProperty("devices").GetArrayLength());
        foreach (JsonElement device in experts.GetProperty("devices").EnumerateArray())
        {
            Assert.True(device.GetProperty("reserved_bytes").GetInt64() <= device.GetProperty("budget_bytes").GetInt64());
            Assert.True(device.GetProperty("resident_bytes").GetInt64() >= ExpertBytes);
        }
    }

    [Fact]
    public async Task Metrics_ExpertsThatDoNotFit_CountColdStartsAndEvictions()
    {
        await using GatewayProcess gateway = await GatewayProcess.StartAsync(("DEVICES", "2"), ("DEVICEMEMORY", "1MiB"));
        using HttpClient http = new() { BaseAddress = gateway.Address };
        await AnswerAsync(http, Prompts[0]);
        string text = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancel);

        Assert.Matches("daprmoe_expert_starts_total\\{[^}]*kind=\"cold\"[^}]*\\} [1-9]", text);
        Assert.Matches("daprmoe_expert_loads_total\\{[^}]*reason=\"demand\"[^}]*\\} [1-9]", text);
        Assert.Matches("daprmoe_expert_evictions_total\\{[^}]*reason=\"pressure\"[^}]*\\} [1-9]", text);
        Assert.Matches("daprmoe_expert_resident_bytes\\{[^}]*device=\"local-1\"[^}]*\\} [1-9]", text);
        Assert.Matches("daprmoe_device_load_max_over_mean_count\\{[^}]*\\} [1-9]", text);
        Assert.Matches("daprmoe_dispatch_time_seconds_count\\{[^}]*\\} [1-9]", text);
    }

    [Fact]
    public async Task DeviceMemory_BelowOneExpert_IsRefusedWithBothNumbers()
    {
        await using GatewayProcess gateway = GatewayProcess.Run(
            [("MODEL", BuildOutput.TinyMoe), ("URLS", "http://127.0.0.1:0"), ("DEVICES", "2"), ("DEVICEMEMORY", "100kB")]);
        (int exitCode, string errors) = await gateway.WaitForExitAsync();
        Assert.Equal(1, exitCode);
        Assert.Contains("221184", errors, StringComparison.Ordinal);
        Assert.Contains("100000", errors, StringComparison.Ordinal);
    }

    private static async Task<string> AnswerAsync(HttpClient http, string prompt)
    {
        using HttpResponseMessage response = await http.PostAsJsonAsync(
            new Uri("/v1/completions", UriKind.Relative), new { prompt, temperature = 0, max_tokens = 40, ignore_eos = true }, Cancel);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancel));
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        return answer.GetProperty("choices")[0].GetProperty("text").GetString()!;
    }
}
