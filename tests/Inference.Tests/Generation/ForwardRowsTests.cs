using DaprMoE.Gateway;

namespace DaprMoE.Inference.Tests;

public sealed class ForwardRowsTests
{
    [Fact]
    public async Task BeforeLayers_PrefillInChunksThenDecode_NamesTheRowsOfEachSequence()
    {
        RunLog log = new();
        LocalEngineOptions options = new() { Threads = 1, ContextLength = 64, MaxRunning = 2, TokenBudget = 4 };
        using LocalEngine local = LocalEngine.Open(
            TestModels.Folder("qwen3_moe"), options, cancellationToken: TestContext.Current.CancellationToken);
        GenerationEngine engine = local.Start(TimeProvider.System, log);

        await EngineStory.ReadAsync(engine.Start(new GenerationRequest { Prompt = [11, 12, 13, 14, 15, 16], MaxTokens = 3 }));
        await EngineStory.ReadAsync(engine.Start(new GenerationRequest { Prompt = [21], MaxTokens = 1 }));

        Assert.Equal(
            [new(0, 0, 4, 0, 4), new(0, 0, 2, 4, 2), new(0, 0, 1, 6, 0), new(0, 0, 1, 7, 0), new(1, 0, 1, 0, 1)],
            log.Runs);
        Assert.Equal([11, 12, 13, 14, 15, 16], log.Tokens[..6]);
        Assert.Equal(21, log.Tokens[^1]);
    }

    private sealed class RunLog : IForwardObserver
    {
        public List<ForwardRun> Runs { get; } = [];

        public List<int> Tokens { get; } = [];

        public void BeforeLayers(in ForwardRows rows)
        {
            Runs.AddRange(rows.Runs);
            Tokens.AddRange(rows.Tokens);
        }
    }
}
