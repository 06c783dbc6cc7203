using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace DaprMoE.Gateway.Tests;

[Collection(nameof(MetersOfTheProcess))]
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
        Assert.Equal(1, Value(text, "daprmoe_e2e_request_latency_seconds_count", "model_name=\"tiny-moe\""));
    }

    [Fact]
    public async Task Metrics_ClientLeft_CountAnAbort()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        TaskCompletionSource<string?> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "daprmoe_request_success_total"
                && instrument.Meter.Scope == app.Services.GetRequiredService<IMeterFactory>())
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => ended.TrySetResult(Reason(tags)));
        listener.Start();

        app.Engine.Answer = null;
        using CancellationTokenSource leave = new();
        Task<HttpResponseMessage> asked = app.PostAsync("/v1/completions", """{"prompt":"a"}""", leave.Token);
        await app.Engine.NextAsync(TestContext.Current.CancellationToken);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        Assert.Equal("abort", await ended.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Telemetry_CollectorThatIsNotThere_DisturbsNothing()
    {
        await using GatewayApp app = await GatewayApp.StartAsync(
            setup: builder => builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9");
        await app.PostJsonAsync("/v1/completions", """{"prompt":"a"}""");
        string text = await app.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(1, Value(text, "daprmoe_request_success_total", "finished_reason=\"stop\""));
    }

    private static string? Reason(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach ((string key, object? value) in tags)
        {
            if (key == "finished_reason")
            {
                return value as string;
            }
        }

        return null;
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

/// <summary>OpenTelemetry hears all meters of a name in the process, other gateways' too: tests that count run alone.</summary>
[CollectionDefinition(nameof(MetersOfTheProcess), DisableParallelization = true)]
public sealed class MetersOfTheProcess;
