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
        Assert.Equal(16, result.GetProperty("prompt_tokens").GetInt32());
        Assert.True(result.GetProperty("prompt_tokens_per_second").GetDouble() > 0);
        Assert.True(result.GetProperty("batch_tokens_per_second").GetDouble() > 0);
        Assert.True(result.GetProperty("inter_token_p99").GetDouble() >= result.GetProperty("inter_token_p50").GetDouble());
        Assert.True(result.GetProperty("decode_share").GetProperty("median").GetDouble() > 0);
        Assert.Equal(0, result.GetProperty("allocated_bytes_per_step").GetDouble());
        Assert.Equal(6L * 16 * 221184, result.GetProperty("expert_bytes").GetInt64());
    }
}
