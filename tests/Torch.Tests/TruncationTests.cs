using DaprMoE.Models;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Torch.Tests;

/// <summary>A checkpoint that becomes shorter while it is in use: an error, not the end of the process.</summary>
public sealed class TruncationTests : TorchTests, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("daprmoe-torch-");

    public TruncationTests()
    {
        foreach (string file in Directory.EnumerateFiles(TestModels.Folder("qwen3_moe")))
        {
            File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Forward_MappedFileTruncated_NamesTheFile()
    {
        using BackendFixture torch = new(_folder.FullName, DType.BF16, slots: null);
        torch.Load(expert: 0, slot: 0);
        Truncate();
        float[] input = torch.Input(rows: 1);
        CheckpointException error = Assert.Throws<CheckpointException>(() => torch.Forward(input, new ReplicaGroup(0, 0, 0, 1)));
        Assert.Contains("model.safetensors", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FileTruncated_IsNotLoaded()
    {
        using BackendFixture torch = new(_folder.FullName, DType.F32, slots: 1);
        Truncate();
        Assert.Throws<CheckpointException>(() => torch.Load(expert: 15, slot: 0));
        Assert.Equal(0, torch.Backend.BytesHeld);
    }

    private void Truncate()
    {
        using FileStream file = File.Open(Path.Combine(_folder.FullName, "model.safetensors"), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.SetLength(30_000);
    }
}
