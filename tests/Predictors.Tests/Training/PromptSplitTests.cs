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
        PromptSplit split = PromptSplit.Of(recording, new PredictorTrainingOptions { NewestPrompts = 20 });

        int[] all = [.. split.Train.Concat(split.EarlyStop).Concat(split.Test).Select(prompt => prompt.Sequence).Order()];
        Assert.Equal(Enumerable.Range(0, 60).Where(prompt => prompt != 7), all);
        Assert.Equal((18, 4, 37), (split.Test.Count, split.EarlyStop.Count, split.Train.Count));
        Assert.Equal(split.Train.Where(prompt => prompt.Sequence >= 40), split.Newest);
    }

    [Fact]
    public void Of_TopicLeftOut_ReportsOnItAlone()
    {
        using TemporaryFolder folder = new();
        using PackedModel model = TestModels.OpenSmall(folder);
        PromptSplit split = PromptSplit.Of(SyntheticRecording.Of(model, prompts: 60), new PredictorTrainingOptions { LeaveOut = "blue" });

        Assert.All(split.Test, prompt => Assert.Equal("blue", prompt.Topic));
        Assert.Equal(20, split.Test.Count);
        Assert.DoesNotContain(split.Train.Concat(split.EarlyStop), prompt => prompt.Topic == "blue");
    }

    [Fact]
    public void Rows_OfTheTopicsFewPromptsThatAreLearned_CountEightTimes()
    {
        using TemporaryFolder folder = new();
        using PackedModel model = TestModels.OpenSmall(folder);
        Recording recording = SyntheticRecording.Of(model, prompts: 60);
        PredictorTrainingOptions options = new() { LeaveOut = "blue", NewestPrompts = 3 };
        PromptSplit split = PromptSplit.Of(recording, options);

        Assert.Equal((17, 3), (split.Test.Count, split.Newest.Count));
        Assert.All(split.Newest, prompt => Assert.Equal("blue", prompt.Topic));
        Assert.Empty(split.Newest.Intersect(split.Test));
        int[] rows = new RecordingParts(recording, split, options.NewestWeight).TrainRows;
        Assert.Equal(8, rows.Count(row => row == split.Newest[0].FirstRow));
        Assert.Equal(1, rows.Count(row => row == split.Train[0].FirstRow));
    }

    [Theory]
    [InlineData(null, "5 different prompts are too few")]
    [InlineData("violet", "has 0 prompts of the topic 'violet'")]
    public void Of_TooFewPrompts_IsRefused(string? leftOut, string why)
    {
        using TemporaryFolder folder = new();
        using PackedModel model = TestModels.OpenSmall(folder);
        Recording recording = SyntheticRecording.Of(model, prompts: leftOut is null ? 5 : 60);

        PredictorTrainingOptions options = new() { LeaveOut = leftOut };
        PredictorException refused = Assert.Throws<PredictorException>(() => PromptSplit.Of(recording, options));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }
}
