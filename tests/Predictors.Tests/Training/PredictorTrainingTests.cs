using DaprMoE.Models;

namespace DaprMoE.Predictors.Tests;

public sealed class PredictorTrainingTests
{
    private static readonly PredictorTrainingOptions Quick =
        new() { Distances = [1, 2], MlpSeeds = 2, MlpUnits = 32, MlpEpochs = 4, GateEpochs = 8, TrainBelow = 1, Threads = 2 };

    [Fact]
    public void Run_SameSeedTwice_GivesTheSamePredictors()
    {
        using TemporaryFolder folder = new();
        using PackedModel model = TestModels.OpenSmall(folder);
        Recording recording = SyntheticRecording.Of(model, prompts: 80);
        CancellationToken cancellation = TestContext.Current.CancellationToken;

        PredictorFile.Write(folder.File("a"), PredictorTraining.Run(model, recording, Quick, null, cancellation));
        PredictorFile.Write(folder.File("b"), PredictorTraining.Run(model, recording, Quick with { Threads = 1 }, null, cancellation));

        Assert.Equal(File.ReadAllBytes(folder.File("a")), File.ReadAllBytes(folder.File("b")));
    }

    [Fact]
    public void Run_Recording_ReportsEachPairAndServesWhatBeatsConstants()
    {
        using TemporaryFolder folder = new();
        using PackedModel model = TestModels.OpenSmall(folder);
        PredictorSet predictors = PredictorTraining.Run(
            model, SyntheticRecording.Of(model, prompts: 200), Quick, null, TestContext.Current.CancellationToken);

        Assert.Equal(
            [(null, 0, 0), (null, 1, 0), (null, 2, 0), (0, 1, 1), (1, 2, 1), (0, 2, 2)],
            predictors.Report.Layers.Select(layer => (layer.Source, layer.Layer, layer.Distance)));
        foreach (LayerReport layer in predictors.Report.Layers.Where(layer => layer.Distance == 1))
        {
            ForecastMeasures Of(string name) => layer.Predictors.Single(predictor => predictor.Name == name).Measures;
            Assert.True(Of("speculative-gate").HitRate >= Of("untrained-copy").HitRate);
            Assert.True(Of("speculative-gate").HitRate > Of("training-mean").HitRate + 0.2);
            Assert.Contains(layer.Serves, new[] { "speculative-gate", "speculative-mlp" });
        }
    }

    [Fact]
    public void Run_GateThatIsGoodEnough_IsNotTuned()
    {
        using TemporaryFolder folder = new();
        using PackedModel model = TestModels.OpenSmall(folder);
        PredictorSet predictors = PredictorTraining.Run(
            model, SyntheticRecording.Of(model, prompts: 80), Quick with { TrainBelow = 0.05, MlpSeeds = 0 }, null,
            TestContext.Current.CancellationToken);

        Assert.All(predictors.Pairs, pair => Assert.False(pair.Gate.IsTuned));
        Assert.All(predictors.Pairs, pair => Assert.Null(pair.Mlp));
    }

    [Fact]
    public void Run_RecordingOfAnotherModel_IsRefusedByName()
    {
        using TemporaryFolder one = new();
        using TemporaryFolder two = new();
        using PackedModel model = TestModels.OpenSmall(one);
        using PackedModel other = TestModels.OpenSmall(two, "qwen3_moe-f32");
        Assert.NotEqual(model.Fingerprint, other.Fingerprint);

        PredictorException refused = Assert.Throws<PredictorException>(() => PredictorTraining.Run(
            other, SyntheticRecording.Of(model, prompts: 20), Quick, null, TestContext.Current.CancellationToken));

        Assert.Contains(model.Fingerprint, refused.Message, StringComparison.Ordinal);
        Assert.Contains("daprmoe record", refused.Message, StringComparison.Ordinal);
    }
}
