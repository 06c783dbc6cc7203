using DaprMoE.Gateway;

namespace DaprMoE.ExpertHost.Tests;

/// <summary>What a model generates without expert hosts.</summary>
internal sealed record PlainRun(List<int[]> Tokens, LogitHashes Logits)
{
    public static async Task<PlainRun> OfAsync(string folder, int generations, int tokens)
    {
        LogitHashes logits = new();
        LocalEngineOptions options = new() { Threads = 1, ContextLength = 256 };
        using LocalEngine local = LocalEngine.Open(folder, options, cancellationToken: TestContext.Current.CancellationToken);
        int vocabulary = local.Model.Description.VocabularySize;
        Inference.GenerationEngine engine = local.Start(TimeProvider.System, logits);
        return new PlainRun(await Prompts.RunInOrderAsync(i => engine.Start(Prompts.Request(i, vocabulary, tokens)), generations), logits);
    }
}
