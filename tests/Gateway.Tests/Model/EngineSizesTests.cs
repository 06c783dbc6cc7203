using DaprMoE.Models;

namespace DaprMoE.Gateway.Tests;

public sealed class EngineSizesTests
{
    private static readonly ModelDescription Bundled = CheckpointSummary.Of(Repository.TinyMoe).Description;

    /// <summary>Keys of 48 values need 48 floats, values of 48 two panels of 32; tokens come in blocks of 32.</summary>
    [Fact]
    public void KvBytes_HeadSizeNotOfWholePanels_CountsPaddingAndWholeBlocks()
    {
        ModelDescription model = Bundled with { Attention = Bundled.Attention with { KvHeads = 2, HeadSize = 48 } };
        LocalEngineOptions options = new() { ContextLength = 2, KvTokens = 33 };
        Assert.Equal(2L * 32 * 2 * (48 + 64) * sizeof(float) * model.Layers.Count, new EngineSizes(model, options).KvBytes);
    }

    [Fact]
    public void KvTokens_FewerThanOneContext_AreOneContext()
    {
        EngineSizes sizes = new(Bundled, new LocalEngineOptions { ContextLength = 100, KvTokens = 2 });
        Assert.Equal(100, sizes.KvTokens);
    }

    [Fact]
    public void KvTokens_NotGiven_AreAllContextsUpTo1GiB()
    {
        Assert.Equal(300, new EngineSizes(Bundled, new LocalEngineOptions { ContextLength = 100, MaxRunning = 3 }).KvTokens);
        EngineSizes many = new(Bundled, new LocalEngineOptions { ContextLength = 512, MaxRunning = 4096 });
        Assert.InRange(many.KvBytes, (1L << 30) * 9 / 10, 1L << 30);
    }

    [Fact]
    public void WorkspaceBytes_LargeVocabularyAndBatch_CountsTheLogits()
    {
        LocalEngineOptions options = new() { MaxRunning = 4096, TokenBudget = 4096 };
        long small = new EngineSizes(Bundled, options).WorkspaceBytes;
        long large = new EngineSizes(Bundled with { VocabularySize = Bundled.VocabularySize + 150_000 }, options).WorkspaceBytes;
        Assert.Equal(4096L * 150_000 * sizeof(float), large - small);
    }

    [Fact]
    public void WorkspaceBytes_MoreRows_CountsRowsAndTheirExperts()
    {
        long few = new EngineSizes(Bundled, new LocalEngineOptions { TokenBudget = 1000 }).WorkspaceBytes;
        long many = new EngineSizes(Bundled, new LocalEngineOptions { TokenBudget = 2000 }).WorkspaceBytes;
        MoeFeedForward moe = Bundled.Layers.OfType<MoeFeedForward>().First();
        long least = (3L * Bundled.HiddenSize) + (moe.TopK * (moe.FfnSize + (2L * Bundled.HiddenSize)));
        Assert.InRange(many - few, 1000 * least * sizeof(float), 1000 * 4 * least * sizeof(float));
    }
}
