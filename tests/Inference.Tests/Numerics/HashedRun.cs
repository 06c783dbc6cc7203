using DaprMoE.Gateway;

namespace DaprMoE.Inference.Tests;

/// <summary>Generates for a fixed set of prompts under some setting, and tells the hash of every step's logits and all tokens.</summary>
internal static class HashedRun
{
    public const int Prompts = 16;
    private const int Tokens = 10;

    /// <param name="folder">The checkpoint.</param>
    /// <param name="options">The setting.</param>
    /// <param name="together">Whether all prompts are started at once or one after another.</param>
    public static async Task<(LogitHashes Hashes, List<int[]> Tokens, EngineSnapshot End)> GenerateAsync(string folder, LocalEngineOptions options, bool together)
    {
        using LogitHashes hashes = new();
        using LocalEngine local = LocalEngine.Open(folder, options);
        GenerationEngine engine = local.Start(TimeProvider.System, hashes);
        List<int[]> tokens = await GenerateAsync(engine, local.Model.Description.VocabularySize, hashes, together);
        return (hashes, tokens, engine.Snapshot());
    }

    /// <param name="engine">The engine, which <paramref name="hashes"/> observes.</param>
    /// <param name="vocabulary">Tokens of the model.</param>
    /// <param name="hashes">Gets the hash of every step's logits.</param>
    /// <param name="together">Whether all prompts are started at once or one after another.</param>
    public static async Task<List<int[]>> GenerateAsync(GenerationEngine engine, int vocabulary, LogitHashes hashes, bool together)
    {
        List<Task<int[]>> running = [];
        if (!together)
        {
            hashes.AllArrived();
        }

        for (int i = 0; i < Prompts; i++)
        {
            Task<int[]> one = ReadAsync(engine.Start(Request(i, vocabulary)));
            running.Add(one);
            if (!together)
            {
                await one;
            }
        }

        hashes.AllArrived();
        return [.. await Task.WhenAll(running)];
    }

    /// <summary>Prompts of 1 to 106 tokens; half of them greedy, half drawn.</summary>
    private static GenerationRequest Request(int index, int vocabulary) => new()
    {
        Prompt = [.. Enumerable.Range(0, 1 + (index * 7)).Select(i => (int)((((uint)i * 2654435761u) + ((uint)index * 40503u)) % (uint)vocabulary))],
        MaxTokens = Tokens,
        Sampling = index % 2 == 0 ? new SamplingOptions() : new SamplingOptions { Temperature = 0.9f, TopP = 0.95f, Seed = (ulong)index },
    };

    private static async Task<int[]> ReadAsync(Generation generation)
    {
        List<int> tokens = [];
        await foreach (GenerationStep step in generation.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            if (step.Finish is null)
            {
                tokens.Add(step.Token);
            }
            else
            {
                Assert.Equal(FinishReason.Length, step.Finish);
            }
        }

        return [.. tokens];
    }
}
