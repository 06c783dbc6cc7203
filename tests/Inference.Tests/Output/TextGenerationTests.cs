using DaprMoE.Text;

namespace DaprMoE.Inference.Tests;

public sealed class TextGenerationTests
{
    private static readonly Tokenizer Tokenizer = Tokenizer.Load(TestModels.Folder("tiny-moe"));

    [Fact]
    public async Task ReadAll_NoStop_IsTheDecodedText()
    {
        (string text, TextGeneration generation, _) = await RunAsync("The café costs 3 € today.", []);
        Assert.Equal("The café costs 3 € today.", text);
        Assert.Equal(FinishReason.Length, generation.Finish);
    }

    [Fact]
    public async Task ReadAll_StopString_CutsBeforeItLeavesTheEngineAndSaysStop()
    {
        (string text, TextGeneration generation, ScriptedEngine engine) = await RunAsync("One fish, two fish, red fish", ["two"]);
        Assert.Equal("One fish, ", text);
        Assert.Equal(FinishReason.Stop, generation.Finish);
        Assert.True(engine.Cancelled);
        Assert.True(generation.CompletionTokens < Tokenizer.Encode("One fish, two fish, red fish").Length);
    }

    [Fact]
    public async Task ReadAll_HalfAStopStringAtTheEnd_IsHandedOut()
    {
        (string text, TextGeneration generation, ScriptedEngine engine) = await RunAsync("One fish, tw", ["two"]);
        Assert.Equal("One fish, tw", text);
        Assert.Equal(FinishReason.Length, generation.Finish);
        Assert.False(engine.Cancelled);
    }

    private static async Task<(string Text, TextGeneration Generation, ScriptedEngine Engine)> RunAsync(string script, string[] stops)
    {
        ScriptedEngine engine = new(Tokenizer.Encode(script));
        using TextGeneration generation = TextGeneration.Start(engine, Tokenizer, new GenerationRequest { Prompt = [1], MaxTokens = 100 }, stops);
        string text = "";
        await foreach (TextPiece piece in generation.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            text += piece.Text;
        }

        return (text, generation, engine);
    }

    /// <summary>Says its script, or ends as cancelled when its caller leaves.</summary>
    private sealed class ScriptedEngine(int[] script) : IGenerationEngine
    {
        private bool _ended;

        public bool Cancelled { get; private set; }

        public Exception? Fault => null;

        public EngineInfo Info { get; } = new(1024, 1, 1, 1);

        public EngineSnapshot Snapshot() => default;

        public Generation Start(GenerationRequest request) => new(request.Prompt.Count, _ => SayAsync(), () => Cancelled |= !_ended);

        private async IAsyncEnumerable<GenerationStep> SayAsync()
        {
            foreach (int token in script)
            {
                await Task.Yield();
                if (Cancelled)
                {
                    yield return new GenerationStep(-1, FinishReason.Cancelled);
                    yield break;
                }

                yield return new GenerationStep(token, null);
            }

            _ended = true;
            yield return new GenerationStep(-1, FinishReason.Length);
        }
    }
}
