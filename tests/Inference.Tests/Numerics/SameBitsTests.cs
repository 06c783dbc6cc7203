using DaprMoE.Gateway;
using DaprMoE.Tensors;

namespace DaprMoE.Inference.Tests;

/// <summary>
/// The numerics rule, on whole models: every step's logits hash to the same value in every setting. Settings run one after another over the
/// same models, whose plain run is one thread, one sequence at a time, the widest vectors.
/// </summary>
public sealed class SameBitsTests(SameBitsTests.PlainRuns plain) : IClassFixture<SameBitsTests.PlainRuns>
{
    private static readonly LocalEngineOptions Plain = new() { Threads = 1, ContextLength = 256, MaxRunning = 1 };

    public static TheoryData<string> Models => [.. TestModels.Names];

    public static TheoryData<string, int> Chunks =>
        [.. from model in TestModels.Names from chunk in new[] { 1, 7, 16, 31, 32, 33, 64 } select new TheoryDataRow<string, int>(model, chunk)];

    public static TheoryData<string, VectorWidth> Widths =>
        [.. from model in TestModels.Names from width in Enum.GetValues<VectorWidth>() select new TheoryDataRow<string, VectorWidth>(model, width)];

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Logits_BatchOf16_AreThoseOfEachAlone(string model)
    {
        (LogitHashes hashes, _) = await AssertSameAsync(model, Plain with { MaxRunning = 16 });
        Assert.Equal(16, hashes.LargestBatch);
    }

    [Theory]
    [MemberData(nameof(Chunks))]
    public Task Logits_AnyChunkSize_AreTheSame(string model, int chunk) =>
        AssertSameAsync(model, Plain with { MaxRunning = chunk == 1 ? 1 : 4, TokenBudget = chunk });

    [Theory]
    [MemberData(nameof(Models))]
    public Task Logits_TwoThreads_AreThoseOfOne(string model) =>
        AssertSameAsync(model, Plain with { Threads = 2, MaxRunning = 16 });

    [Theory]
    [MemberData(nameof(Models))]
    public Task Logits_FiveThreads_AreThoseOfOne(string model) =>
        AssertSameAsync(model, Plain with { Threads = 5, MaxRunning = 16 });

    [Theory]
    [MemberData(nameof(Widths))]
    public Task Logits_AnyVectorWidth_AreTheSame(string model, VectorWidth width) =>
        AssertSameAsync(model, Plain with { Threads = 2, MaxRunning = 16, Width = width });

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Logits_KvShortAndRecomputed_AreTheSame(string model)
    {
        (_, EngineSnapshot end) = await AssertSameAsync(model, Plain with { MaxRunning = 16, ContextLength = 128, KvTokens = 160 });
        Assert.True(end.Preemptions > 0);
    }

    /// <summary>Top-2, 3, 4 and 8, each by another rule: other replicas for every layer, calls that fail, sums made on devices.</summary>
    [Theory]
    [InlineData("tiny-moe", "balanced")]
    [InlineData("top-3", "even")]
    [InlineData("qwen3_moe", "even-crossover")]
    [InlineData("top-8", "balanced-crossover")]
    public async Task Logits_ExpertsDividedOverDevicesThatFail_AreTheSame(string model, string splitRule)
    {
        (LogitHashes expected, List<int[]> expectedTokens, _) = await plain.OfAsync(model);
        using LogitHashes hashes = new();
        EngineOptions options = new() { ContextLength = 256, MaxRunning = 16, TokenBudget = 64 };
        using DividedExperts experts = new(TestModels.Folder(model), splitRule, options, hashes, seed: 1);
        Assert.Equal(expectedTokens, await HashedRun.GenerateAsync(experts.Engine, experts.Vocabulary, hashes, together: true));
        Assert.Equal(expected.Hashes, hashes.Hashes);
        Assert.True(experts is { Failed: > 0, Absorbed: > 0 }, $"{experts.Failed} calls failed, {experts.Absorbed} rows were summed.");
    }

    private async Task<(LogitHashes Hashes, EngineSnapshot End)> AssertSameAsync(string model, LocalEngineOptions options)
    {
        (LogitHashes expected, List<int[]> expectedTokens, _) = await plain.OfAsync(model);
        (LogitHashes actual, List<int[]> actualTokens, EngineSnapshot end) = await HashedRun.GenerateAsync(TestModels.Folder(model), options, together: true);
        Assert.Equal(0, actual.Contradictions);
        Assert.Equal(expected.Hashes, actual.Hashes);
        Assert.Equal(expectedTokens, actualTokens);
        return (actual, end);
    }

    /// <summary>The plain run of each model, computed once.</summary>
    public sealed class PlainRuns
    {
        private readonly Dictionary<string, Task<(LogitHashes, List<int[]>, EngineSnapshot)>> _runs = [];

        internal Task<(LogitHashes Hashes, List<int[]> Tokens, EngineSnapshot End)> OfAsync(string model)
        {
            if (!_runs.TryGetValue(model, out Task<(LogitHashes, List<int[]>, EngineSnapshot)>? run))
            {
                run = HashedRun.GenerateAsync(TestModels.Folder(model), Plain, together: false);
                _runs.Add(model, run);
            }

            return run;
        }
    }
}
