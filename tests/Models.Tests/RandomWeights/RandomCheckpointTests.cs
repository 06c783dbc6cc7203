using System.Runtime.InteropServices;
using DaprMoE.Tensors;

namespace DaprMoE.Models.Tests.RandomWeights;

public sealed class RandomCheckpointTests
{
    private static RandomCheckpointOptions Sizes => new()
    {
        Hidden = 96,
        Layers = 3,
        Experts = 5,
        TopK = 2,
        Ffn = 35,
        Heads = 6,
        KvHeads = 3,
        HeadDim = 18,
        Vocab = 130,
        MaxPositions = 77,
    };

    [Theory]
    [InlineData(DType.BF16)]
    [InlineData(DType.F16)]
    [InlineData(DType.F32)]
    public void Write_AnySizes_GivesACheckpointOfThem(DType type)
    {
        using TemporaryFolder folder = new();
        string path = Write(folder, "model", Sizes with { DType = type });
        CheckpointSummary summary = CheckpointSummary.Of(path);
        Assert.Equal([type.ToString()], summary.BytesByType.Keys);
        Assert.Equal((5, 2, 3), (summary.Experts, summary.TopK, summary.MoeLayers.Count));
        Assert.Equal((96, 130, 77), (summary.Description.HiddenSize, summary.Description.VocabularySize, summary.Description.MaxPositions));
        Assert.Equal(
            (6, 3, 18),
            (summary.Description.Attention.Heads, summary.Description.Attention.KvHeads, summary.Description.Attention.HeadSize));
        Assert.Empty(summary.IgnoredTensors);
        Assert.Empty(summary.Description.EndTokens);
        using PackedModel packed = folder.OpenPacked(path);
        using Checkpoint checkpoint = Checkpoint.Open(path);
        Assert.Empty(new Packing.PackedComparison(packed, checkpoint).Differences());
    }

    [Fact]
    public void Write_SameSeed_GivesTheSameBytes()
    {
        using TemporaryFolder folder = new();
        byte[] first = Weights(Write(folder, "a", Sizes));
        Assert.Equal(first, Weights(Write(folder, "b", Sizes)));
        Assert.NotEqual(first, Weights(Write(folder, "c", Sizes with { Seed = 2 })));
    }

    /// <summary>A row's norm is the deviation of its logit for normed inputs.</summary>
    [Theory]
    [InlineData("lm_head.weight")]
    [InlineData("model.layers.1.mlp.gate.weight")]
    public void Write_MatricesOfLogits_SpreadBetween2And3(string name)
    {
        using TemporaryFolder folder = new();
        string path = Write(folder, "model", Sizes with { DType = DType.F32, Hidden = 512 });
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(path, "model.safetensors"));
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(file.Data(name));
        for (int row = 0; row < values.Length / 512; row++)
        {
            double norm = Math.Sqrt(values.Slice(row * 512, 512).ToArray().Sum(value => (double)value * value));
            Assert.InRange(norm, 2, 3);
        }
    }

    [Fact]
    public void Write_AboveTheShardSize_WritesShardsAndIndex()
    {
        using TemporaryFolder folder = new();
        string path = Write(folder, "model", Sizes with { ShardBytes = 60_000 });
        string[] shards = Directory.GetFiles(path, "model-*-of-*.safetensors");
        Assert.True(shards.Length > 3);
        Assert.All(shards, shard => Assert.InRange(new FileInfo(shard).Length, 1, 70_000));
        Assert.Equal(shards.Length + 1, CheckpointSummary.Of(path).Files.Count);
    }

    [Fact]
    public void Write_SeveralWrongSizes_NamesAll()
    {
        RandomCheckpointOptions wrong = Sizes with { Family = "mamba", Hidden = 0, TopK = 6, KvHeads = 4, HeadDim = 7, Vocab = -1 };
        using TemporaryFolder folder = new();
        ArgumentException fault = Assert.Throws<ArgumentException>(() => Write(folder, "model", wrong));
        Assert.All(
            [
                "Family is 'mamba'; known are qwen3_moe", "Hidden is 0; allowed are 1 to 131072", "TopK is 6; allowed are 1 to 5",
                "KvHeads is 4; allowed are divisors of Heads, 6", "HeadDim is 7; allowed are even numbers", "Vocab is -1",
            ],
            part => Assert.Contains(part, fault.Message, StringComparison.Ordinal));
        Assert.False(Directory.Exists(folder.File("model")));
    }

    [Fact]
    public void Write_SizesThatNoEngineRuns_AreRefused()
    {
        RandomCheckpointOptions wrong = Sizes with { Experts = 128, TopK = 65, HeadDim = 258 };
        Assert.Equal(["TopK is 65; allowed are 1 to 64", "HeadDim is 258; allowed are 2 to 256"], wrong.Faults());
    }

    [Fact]
    public void Write_FolderWithACheckpoint_LeavesIt()
    {
        using TemporaryFolder folder = new();
        Write(folder, "model", Sizes);
        CheckpointException fault = Assert.Throws<CheckpointException>(() => Write(folder, "model", Sizes));
        Assert.Contains("already; choose another folder", fault.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Write_Cancelled_LeavesWhatWasThere_AndCanBeRepeated(bool isThere)
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource stop = new();
        if (isThere)
        {
            Directory.CreateDirectory(folder.File("model"));
        }

        Assert.ThrowsAny<OperationCanceledException>(
            () => RandomCheckpoint.Write(folder.File("model"), Sizes, new CancelAtFirstReport(stop), stop.Token));

        Assert.Equal(
            isThere ? [folder.File("model")] : [],
            Directory.EnumerateFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories));
        Assert.Equal(5, CheckpointSummary.Of(Write(folder, "model", Sizes)).Experts);
    }

    private sealed class CancelAtFirstReport(CancellationTokenSource stop) : IProgress<WriteProgress>
    {
        public void Report(WriteProgress value) => stop.Cancel();
    }

    private static string Write(TemporaryFolder folder, string name, RandomCheckpointOptions sizes)
    {
        RandomCheckpoint.Write(folder.File(name), sizes, progress: null, TestContext.Current.CancellationToken);
        return folder.File(name);
    }

    private static byte[] Weights(string folder) => File.ReadAllBytes(Path.Combine(folder, "model.safetensors"));
}
