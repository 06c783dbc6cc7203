using System.Text.Json;

namespace DaprMoE.Cli.Tests;

public sealed class BenchCommandTests
{
    [Fact]
    public async Task Json_SmallSettings_HasRatesSharesAndNoAllocation()
    {
        Run run = await Run.Of("bench", "--json", "--prompt", "16", "--tokens", "8", "--batch", "2", "--triples", "1", "--threads", "1");

        Assert.True(run.ExitCode == 0, run.Error);
        JsonElement result = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal(
            ["Warming up", "Measuring the prompt", "Measuring generation", "Measuring the batch"],
            run.Error.TrimEnd().Split('\n'));
        Assert.True(result.GetProperty("time_to_first_token_ms").GetDouble() > 0);
        Assert.False(result.GetProperty("decode_share").GetProperty("is_conclusive").GetBoolean());
        Assert.Equal(16, result.GetProperty("prompt_tokens").GetInt32());
        Assert.True(result.GetProperty("prompt_tokens_per_second").GetDouble() > 0);
        Assert.True(result.GetProperty("batch_tokens_per_second").GetDouble() > 0);
        Assert.True(result.GetProperty("inter_token_p99_ms").GetDouble() >= result.GetProperty("inter_token_p50_ms").GetDouble());
        Assert.True(result.GetProperty("decode_share").GetProperty("median").GetDouble() > 0);
        Assert.Equal(0, result.GetProperty("allocated_bytes_per_step").GetDouble());
        Assert.Equal(6L * 16 * 221184, result.GetProperty("expert_bytes").GetInt64());
    }

    [Fact]
    public async Task Lengths_BeyondTheModelsContext_NameAllThreeNumbers()
    {
        Run run = await Run.Of("bench", "--prompt", "5000", "--tokens", "8", "--threads", "1");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            "--prompt 5000 and --tokens 8 take 5008 tokens of context, but the model was made for 1024",
            run.Error, StringComparison.Ordinal);
    }
}
