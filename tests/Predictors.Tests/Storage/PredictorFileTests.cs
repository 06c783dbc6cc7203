using DaprMoE.Models;

namespace DaprMoE.Predictors.Tests;

public sealed class PredictorFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PackedModel _model;
    private readonly PredictorSet _predictors;

    public PredictorFileTests()
    {
        _model = TestModels.OpenSmall(_folder);
        _predictors = PredictorTraining.Run(
            _model, SyntheticRecording.Of(_model, prompts: 40),
            new PredictorTrainingOptions { Distances = [1], MlpSeeds = 1, MlpUnits = 32, MlpEpochs = 1, GateEpochs = 1, TrainBelow = 1 });
    }

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        string path = PredictorFile.WriteBeside(_model, _predictors);
        PredictorSet read = PredictorFile.Find(_model)!;

        Assert.Equal(_folder.File("daprmoe.predictors.safetensors"), path);
        Assert.Equal(_predictors.Report.Layers.Count, read.Report.Layers.Count);
        Assert.Equal(_predictors.Report.Layers[^1].Predictors, read.Report.Layers[^1].Predictors);
        Assert.Equal(_predictors.Pairs.Count, read.Pairs.Count);
        foreach ((PairPredictors written, PairPredictors found) in _predictors.Pairs.Zip(read.Pairs))
        {
            Assert.Equal((written.Pair, written.Best, written.Gate.Form), (found.Pair, found.Best, found.Gate.Form));
            Assert.Equal(written.Mlp!.Weights.Layers[1].Weights, found.Mlp!.Weights.Layers[1].Weights);
            Assert.Equal(written.Gate.Weights.Layers[0].Bias, found.Gate.Weights.Layers[0].Bias);
        }

        Assert.Equal(_predictors.Table.Layers[2].Shares, read.Table.Layers[2].Shares);
    }

    [Fact]
    public void Find_WithoutFile_IsNothing() => Assert.Null(PredictorFile.Find(_model));

    [Fact]
    public void Read_PredictorsOfAnotherModel_AreRefusedByBothNamesAndTheRemedy()
    {
        using TemporaryFolder folder = new();
        using PackedModel other = TestModels.OpenSmall(folder, "qwen3_moe-f32");
        string path = PredictorFile.WriteBeside(_model, _predictors);

        PredictorException refused = Assert.Throws<PredictorException>(() => PredictorFile.Read(path, other));

        Assert.Contains(path, refused.Message, StringComparison.Ordinal);
        Assert.Contains(_model.Fingerprint, refused.Message, StringComparison.Ordinal);
        Assert.Contains(other.Fingerprint, refused.Message, StringComparison.Ordinal);
        Assert.Contains("daprmoe train-predictor", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TruncatedFile_IsRefused()
    {
        string path = PredictorFile.WriteBeside(_model, _predictors);
        using (FileStream file = File.OpenWrite(path))
        {
            file.SetLength(file.Length - 10);
        }

        CheckpointException refused = Assert.Throws<CheckpointException>(() => PredictorFile.Read(path, _model));
        Assert.Contains("truncated", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("format", "other", "is not of format daprmoe.predictors, version 1")]
    [InlineData("version", "2", "is not of format daprmoe.predictors, version 1")]
    [InlineData("index", "{}", "metadata 'index' that can't be read")]
    [InlineData("index", "{\"pairs\":[{\"source\":1,\"target\":9,\"gate\":{\"layers\":1,\"form\":\"Soft\",\"is_tuned\":true,"
        + "\"beats_constants\":true},\"mlp\":null,\"best\":\"speculative-gate\"}],\"table\":[]}", "has a pair 1-9")]
    [InlineData("index", "{\"pairs\":[],\"table\":[]}", "token table of 0 layers")]
    public void Read_MalformedMetadata_IsRefused(string key, string value, string why)
    {
        SafetensorsBuilder file = new();
        foreach ((string name, string text) in new Dictionary<string, string>
        {
            ["format"] = "daprmoe.predictors",
            ["version"] = "1",
            ["fingerprint"] = _model.Fingerprint,
            ["index"] = "{\"pairs\":[],\"table\":[]}",
            ["report"] = "{\"train_prompts\":1,\"early_stop_prompts\":1,\"test_prompts\":1,\"train_tokens\":1,\"left_out\":null,"
                + "\"newest_prompts\":0,\"layers\":[]}",
            [key] = value,
        })
        {
            file.AddMetadata(name, text);
        }

        file.Write(_folder.File("x"));
        PredictorException refused = Assert.Throws<PredictorException>(() => PredictorFile.Read(_folder.File("x"), _model));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }
}
