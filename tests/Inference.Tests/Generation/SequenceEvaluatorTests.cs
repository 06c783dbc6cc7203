using DaprMoE.Gateway;

namespace DaprMoE.Inference.Tests;

public sealed class SequenceEvaluatorTests
{
    [Fact]
    public void Evaluate_InPiecesOrAtOnce_GivesTheSameLogits()
    {
        using LocalEngine engine = LocalEngine.Open(TestModels.Folder("qwen3_moe"), new LocalEngineOptions { Threads = 1 }, cancellationToken: TestContext.Current.CancellationToken);
        using SequenceEvaluator evaluator = new(engine.Parts(), maxTokens: 64, chunk: 16);
        int[] tokens = [.. Enumerable.Range(1, 50)];
        float[] whole = evaluator.Evaluate(tokens);
        evaluator.Reset();
        float[] pieces = [.. evaluator.Evaluate(tokens.AsSpan(0, 7)), .. evaluator.Evaluate(tokens.AsSpan(7))];
        Assert.Equal(whole, pieces);
    }

    [Fact]
    public void Evaluate_LongerThanItsMemory_IsRefused()
    {
        using LocalEngine engine = LocalEngine.Open(TestModels.Folder("qwen3_moe"), new LocalEngineOptions { Threads = 1 }, cancellationToken: TestContext.Current.CancellationToken);
        using SequenceEvaluator evaluator = new(engine.Parts(), maxTokens: 8, chunk: 4);
        evaluator.Evaluate([1, 2, 3, 4, 5]);
        Assert.Throws<ContextOverflowException>(() => evaluator.Evaluate([1, 2, 3, 4]));
    }
}
