using System.Globalization;

namespace DaprMoE.Gateway.Tests;

public sealed class MetricsTests
{
    [Fact]
    public async Task Metrics_AfterAnAnswer_HaveTheEnginesAndTheAnswersSeries()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        await app.PostJsonAsync("/v1/completions", """{"prompt":"a"}""");
        string text = await app.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(3, Value(text, "daprmoe_num_requests_running"));
        Assert.Equal(2, Value(text, "daprmoe_num_requests_waiting"));
        Assert.Equal(0.25, Value(text, "daprmoe_kv_cache_usage_perc"));
        Assert.Equal(700, Value(text, "daprmoe_prompt_tokens_total"));
        Assert.Equal(60, Value(text, "daprmoe_generation_tokens_total"));
        Assert.Equal(50, Value(text, "daprmoe_iterations_total"));
        Assert.Equal(5, Value(text, "daprmoe_num_preemptions_total"));
        Assert.Equal(1, Value(text, "daprmoe_request_success_total", "finished_reason=\"stop\""));
        Assert.Equal(1, Value(text, "daprmoe_time_to_first_token_seconds_count"));
        Assert.Equal(app.Engine.Answer!.Count - 1, Value(text, "daprmoe_inter_token_latency_seconds_count"));
        Assert.Equal(1, Value(text, "daprmoe_e2e_request_latency_seconds_count"));
        Assert.Equal(1, Value(text, "daprmoe_request_queue_time_seconds_count"));
        Assert.Equal(1, Value(text, "daprmoe_request_prompt_tokens_count"));
        Assert.Equal(app.Engine.Answer.Count, Value(text, "daprmoe_request_generation_tokens_sum"));
        Assert.Contains("daprmoe_time_to_first_token_seconds_bucket", text, StringComparison.Ordinal);
        Assert.Contains("le=\"0.001\"", text, StringComparison.Ordinal);
    }

    private static double Value(string metrics, string name, string label = "")
    {
        string line = Assert.Single(
            metrics.Split('\n'),
            line => (line.StartsWith(name + "{", StringComparison.Ordinal) || line.StartsWith(name + " ", StringComparison.Ordinal))
                && line.Contains(label, StringComparison.Ordinal));
        string value = line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0];
        return double.Parse(value, CultureInfo.InvariantCulture);
    }
}
