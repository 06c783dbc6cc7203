namespace DaprMoE.Models.Tests.Families;

public sealed class FixtureConfigTests
{
    [Theory]
    [InlineData("qwen3_moe", 64, 320, 4, 2, 32, 16, 4, 32, GateKind.SoftmaxNormalized, false, false)]
    [InlineData("qwen3_moe-f16", 64, 320, 4, 2, 16, 8, 2, 40, GateKind.SoftmaxNormalized, true, false)]
    [InlineData("qwen3_moe-f32", 64, 320, 4, 2, 16, 8, 2, 32, GateKind.SoftmaxNormalized, false, false)]
    [InlineData("qwen3_moe-sharded", 64, 320, 4, 2, 16, 8, 2, 40, GateKind.SoftmaxNormalized, false, false)]
    [InlineData("qwen3_moe-tail", 80, 331, 4, 2, 20, 9, 3, 44, GateKind.Softmax, true, false)]
    [InlineData("qwen3_moe-yarn", 64, 320, 4, 2, 16, 8, 2, 40, GateKind.SoftmaxNormalized, false, true)]
    [InlineData("tiny-moe", 192, 4096, 6, 2, 32, 16, 2, 192, GateKind.SoftmaxNormalized, true, false)]
    public void Open_FixtureModel_IsDescribedByItsConfig(
        string name, int hidden, int vocabulary, int heads, int kvHeads, int headSize, int experts, int topK, int ffn, GateKind gate,
        bool tied, bool biases)
    {
        using Checkpoint checkpoint = Checkpoint.Open(Fixtures.Model(name));
        ModelDescription model = checkpoint.Description;
        Assert.Equal("qwen3_moe", model.Family);
        Assert.Equal((hidden, vocabulary, tied), (model.HiddenSize, model.VocabularySize, model.TiedEmbeddings));
        Assert.Equal(1e-6f, model.NormEpsilon);
        AttentionDescription attention = model.Attention;
        Assert.Equal((heads, kvHeads, headSize, biases), (attention.Heads, attention.KvHeads, attention.HeadSize, attention.Biases));
        Assert.True(attention.QueryKeyNorm);
        Assert.Equal(1 / Math.Sqrt(headSize), attention.Scale, 6);
        MoeFeedForward moe = model.Layers.OfType<MoeFeedForward>().First();
        Assert.Equal((experts, topK, ffn, gate), (moe.Experts, moe.TopK, moe.FfnSize, moe.Gate));
        Assert.Empty(checkpoint.IgnoredTensors);
    }

    [Theory]
    [InlineData("qwen3_moe", new[] { 2, 1 })]
    [InlineData("tiny-moe", new[] { 2, 0 })]
    public void Open_GenerationConfigWithEndTokens_OverridesConfig(string name, int[] expected)
    {
        using Checkpoint checkpoint = Checkpoint.Open(Fixtures.Model(name));
        Assert.Equal(expected, checkpoint.Description.EndTokens);
    }

    [Fact]
    public void Open_NoGenerationConfig_EndTokensComeFromConfig()
    {
        using TemporaryFolder folder = new();
        string model = folder.CopyModel("qwen3_moe");
        File.Delete(Path.Combine(model, "generation_config.json"));
        using Checkpoint checkpoint = Checkpoint.Open(model);
        Assert.Equal([2], checkpoint.Description.EndTokens);
    }

    [Fact]
    public void Open_SparseStepAndDenseLayers_DecideWhichLayersHaveExperts()
    {
        using Checkpoint checkpoint = Checkpoint.Open(Fixtures.Model("qwen3_moe-tail"));
        Assert.Equal(
            [false, false, false, true, false, true],
            checkpoint.Description.Layers.Select(layer => layer is MoeFeedForward));
        Assert.Equal(new DenseFeedForward(88), checkpoint.Description.Layers[0]);
    }

    [Fact]
    public void Open_NoScaling_FrequenciesArePowersOfTheta()
    {
        using Checkpoint checkpoint = Checkpoint.Open(Fixtures.Model("tiny-moe"));
        RopeDescription rope = checkpoint.Description.Attention.Rope;
        Assert.Equal(1, rope.AttentionFactor);
        Assert.Equal(16, rope.Frequencies.Count);
        Assert.Equal(1, rope.Frequencies[0]);
        Assert.Equal(Math.Pow(10000, -30.0 / 32), rope.Frequencies[15], 1e-15);
    }
}
