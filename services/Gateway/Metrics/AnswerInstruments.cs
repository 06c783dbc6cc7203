using System.Diagnostics.Metrics;
using DaprMoE.Inference;

namespace DaprMoE.Gateway;

/// <summary>The instruments that are recorded once or more per answer.</summary>
internal sealed class AnswerInstruments(Meter meter)
{
    public const string Prefix = "daprmoe_";

    // vLLM's bounds, of the time to a first token and of the time of a whole request.
    private static readonly double[] FirstTokenBounds =
        [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160, 640, 2560];

    private static readonly double[] TokenBounds =
        [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80];

    private static readonly double[] RequestBounds =
        [0.05, 0.1, 0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960, 1920, 7680];

    private static readonly double[] CountBounds =
        [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];

    private readonly Counter<long> _finished =
        meter.CreateCounter<long>(Prefix + "request_success_total", description: "Sequences that ended, by reason.");

    /// <summary>From a request's arrival to the first token of an answer.</summary>
    public Histogram<double> FirstToken { get; } =
        Seconds(meter, "time_to_first_token_seconds", "From a request's arrival to its first token.", FirstTokenBounds);

    /// <summary>Between two tokens of an answer.</summary>
    public Histogram<double> InterToken { get; } =
        Seconds(meter, "inter_token_latency_seconds", "From one token of an answer to the next.", TokenBounds);

    /// <summary>From a request's arrival to the end of an answer.</summary>
    public Histogram<double> EndToEnd { get; } =
        Seconds(meter, "e2e_request_latency_seconds", "From a request's arrival to the end of its answer.", RequestBounds);

    /// <summary>In the queue.</summary>
    public Histogram<double> Queue { get; } =
        Seconds(meter, "request_queue_time_seconds", "From a request's start until its first row was computed.", RequestBounds);

    /// <summary>In prefill.</summary>
    public Histogram<double> Prefill { get; } =
        Seconds(meter, "request_prefill_time_seconds", "From a request's first row to its first token.", RequestBounds);

    /// <summary>In decode.</summary>
    public Histogram<double> Decode { get; } =
        Seconds(meter, "request_decode_time_seconds", "From a request's first token to its last.", RequestBounds);

    /// <summary>Length of prompts.</summary>
    public Histogram<int> PromptTokens { get; } = Count(meter, "request_prompt_tokens", "Tokens of a prompt.");

    /// <summary>Length of answers.</summary>
    public Histogram<int> GenerationTokens { get; } = Count(meter, "request_generation_tokens", "Tokens of an answer.");

    /// <summary>The label that every series has.</summary>
    public static KeyValuePair<string, object?> ModelTag(ServedModel model) => new("model_name", model.Id);

    /// <summary>Counts an end.</summary>
    public void CountEnd(FinishReason reason, KeyValuePair<string, object?> model) =>
        _finished.Add(1, model, new KeyValuePair<string, object?>("finished_reason", Word(reason)));

    private static string Word(FinishReason reason) => reason switch
    {
        FinishReason.Stop => "stop",
        FinishReason.Length => "length",
        FinishReason.Cancelled => "abort",
        _ => "error",
    };

    private static Histogram<double> Seconds(Meter meter, string name, string description, double[] bounds) =>
        meter.CreateHistogram(
            Prefix + name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });

    private static Histogram<int> Count(Meter meter, string name, string description) =>
        meter.CreateHistogram(
            Prefix + name, null, description, tags: null,
            new InstrumentAdvice<int> { HistogramBucketBoundaries = [.. CountBounds.Select(bound => (int)bound)] });
}
