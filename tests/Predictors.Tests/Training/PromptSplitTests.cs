using DaprMoE.Models;

namespace DaprMoE.Predictors.Tests;

public sealed class PromptSplitTests
{
    [Fact]
    public void Of_Recording_DividesByPromptWithoutTwins()
    {
        using TemporaryFolder folder = new();
        using PackedModel model = TestModels.OpenSmall(folder);
        Recording recording = SyntheticRecording.Of(model, prompts: 60);

        // Prompt 7 says what prompt 3 says.
        recording.Data.TokenIds.AsSpan(3 * 24, 24).CopyTo(recording.Data.TokenIds.AsSpan(7 * 24));
        PromptSplit split = PromptSplit.Of(recording, leftOut: null, seed: 0);

        int[] all = [.. split.Train.Concat(split.EarlyStop).Concat(split.Test).Select(prompt => prompt.Sequence).Order()];
        Assert.Equal(Enumerable.Range(0, 60).Where(prompt => prompt != 7), all);
        Assert.Equal((18, 4, 37), (split.Test.Count, split.EarlyStop.Count, split.Train.Count));
    }

    [Fact]
    public void Of_TopicLeftOut_ReportsOnItAlone()
    {
        using TemporaryFolder folder = new();
        using PackedModel model = TestModels.OpenSmall(folder);
        PromptSplit split = PromptSplit.Of(SyntheticRecording.Of(model, prompts: 60), "blue", seed: 0);

        Assert.All(split.Test, prompt => Assert.Equal("blue", prompt.Topic));
        Assert.Equal(20, split.Test.Count);
        Assert.DoesNotContain(split.Train.Concat(split.EarlyStop), prompt => prompt.Topic == "blue");
    }

    [Theory]
    [InlineData(null, "5 different prompts are too few")]
    [InlineData("violet", "has 0 prompts of the topic 'violet'")]
    public void Of_TooFewPrompts_IsRefused(string? leftOut, string why)
    {
        using TemporaryFolder folder = new();
        using PackedModel model = TestModels.OpenSmall(folder);
        Recording recording = SyntheticRecording.Of(model, prompts: leftOut is null ? 5 : 60);

        PredictorException refused = Assert.Throws<PredictorException>(() => PromptSplit.Of(recording, leftOut, seed: 0));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }
}
