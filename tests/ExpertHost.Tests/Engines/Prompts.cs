using DaprMoE.Inference;

namespace DaprMoE.ExpertHost.Tests;

/// <summary>A fixed set of generations.</summary>
internal static class Prompts
{
    /// <summary>Prompts of 1 to 90 tokens; half of them greedy, half drawn.</summary>
    public static GenerationRequest Request(int index, int vocabulary, int tokens) => new()
    {
        Prompt = [.. Enumerable.Range(0, 1 + (index * 11)).Select(i => (int)((((uint)i * 2654435761u) + ((uint)index * 40503u)) % (uint)vocabulary))],
        MaxTokens = tokens,
        Sampling = index % 2 == 0 ? new SamplingOptions() : new SamplingOptions { Temperature = 0.9f, TopP = 0.95f, Seed = (ulong)index },
    };

    /// <summary>The tokens of a generation, which ends for its length.</summary>
    public static async Task<int[]> ReadAsync(Generation generation, Action? step = null)
    {
        List<int> tokens = [];
        await foreach (GenerationStep one in generation.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            step?.Invoke();
            if (one.Finish is null)
            {
                tokens.Add(one.Token);
            }
            else
            {
                Assert.True(one.Finish == FinishReason.Length, $"It ended for {one.Finish}: {generation.Error}");
            }
        }

        return [.. tokens];
    }

    /// <summary>Runs some generations one after another, so that sequences have the same numbers in each run.</summary>
    public static async Task<List<int[]>> RunInOrderAsync(Func<int, Generation> start, int count)
    {
        List<int[]> all = [];
        for (int i = 0; i < count; i++)
        {
            all.Add(await ReadAsync(start(i)));
        }

        return all;
    }
}
