using DaprMoE.Models;

namespace DaprMoE.Predictors.Tests;

public sealed class RecordingFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PackedModel _model;
    private readonly Recording _recording;

    public RecordingFileTests()
    {
        _model = TestModels.OpenSmall(_folder);
        _recording = SyntheticRecording.Of(_model, prompts: 5);
    }

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        RecordingFile.Write(_folder.File("r"), _recording);
        Recording read = RecordingFile.Read(_folder.File("r"));

        Assert.Equal(_recording.Prompts, read.Prompts);
        Assert.Equal(_recording.Shape.Fingerprint, read.Shape.Fingerprint);
        Assert.Equal(_recording.Shape.Layers, read.Shape.Layers);
        Assert.Equal(_recording.Data.TokenIds, read.Data.TokenIds);
        Assert.Equal(_recording.Data.GateInputs, read.Data.GateInputs);
        Assert.Equal(_recording.Data.Choices, read.Data.Choices);
    }

    [Fact]
    public void Read_TruncatedFile_IsRefused()
    {
        RecordingFile.Write(_folder.File("r"), _recording);
        using (FileStream file = File.OpenWrite(_folder.File("r")))
        {
            file.SetLength(file.Length / 2);
        }

        Assert.Throws<CheckpointException>(() => RecordingFile.Read(_folder.File("r")));
    }

    [Fact]
    public void Read_PredictorsInstead_AreRefused()
    {
        SafetensorsBuilder file = new();
        file.AddMetadata("format", "daprmoe.predictors");
        file.AddMetadata("version", "1");
        file.Write(_folder.File("p"));

        PredictorException refused = Assert.Throws<PredictorException>(() => RecordingFile.Read(_folder.File("p")));
        Assert.Contains("is not of format daprmoe.recording", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ExpertBeyondTheLayer_IsRefused()
    {
        _recording.Data.Choices[1][7] = 16;
        RecordingFile.Write(_folder.File("r"), _recording);

        PredictorException refused = Assert.Throws<PredictorException>(() => RecordingFile.Read(_folder.File("r")));
        Assert.Contains("expert of layer 1 beyond 15", refused.Message, StringComparison.Ordinal);
    }
}
