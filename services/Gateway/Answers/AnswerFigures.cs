using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary>Writes what an answer took: tokens as OpenAI's <c>usage</c> has them, <c>timings</c> after llama.cpp's.</summary>
internal static class AnswerFigures
{
    public static void WriteTokens(Utf8JsonWriter json, AnswerBatch batch)
    {
        int prompt = batch.Generations.Sum(g => g.PromptTokens);
        int completion = batch.Generations.Sum(g => g.CompletionTokens);
        json.WriteNumber("prompt_tokens", prompt);
        json.WriteNumber("completion_tokens", completion);
        json.WriteNumber("total_tokens", prompt + completion);
    }

    /// <summary>Tokens of all the request's prompts together, times of the one that took longest: they run side by side.</summary>
    public static void WriteTimings(Utf8JsonWriter json, AnswerBatch batch)
    {
        int prompt = batch.Generations.Sum(g => g.PromptTokens);
        int predicted = batch.Generations.Sum(g => g.CompletionTokens);
        // Decode begins with the first token of each answer, which prefill has paid for.
        int decoded = batch.Generations.Sum(g => Math.Max(g.CompletionTokens - 1, 0));
        TimeSpan prefill = batch.Generations.Max(g => g.Timings.Prefill);
        TimeSpan decode = batch.Generations.Max(g => g.Timings.Decode);

        json.WriteStartObject("timings");
        json.WriteNumber("queue_ms", Milliseconds(batch.Generations.Max(g => g.Timings.Queued)));
        json.WriteNumber("prompt_n", prompt);
        json.WriteNumber("prompt_ms", Milliseconds(prefill));
        json.WriteNumber("prompt_per_second", PerSecond(prompt, prefill));
        json.WriteNumber("predicted_n", predicted);
        json.WriteNumber("predicted_ms", Milliseconds(decode));
        json.WriteNumber("predicted_per_second", PerSecond(decoded, decode));
        json.WriteEndObject();
    }

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);

    private static double PerSecond(int tokens, TimeSpan time) => time > TimeSpan.Zero ? Math.Round(tokens / time.TotalSeconds, 2) : 0;
}
