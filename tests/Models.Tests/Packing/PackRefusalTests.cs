using DaprMoE.Tensors;

namespace DaprMoE.Models.Tests.Packing;

public sealed class PackRefusalTests
{
    [Fact]
    public void Open_InfiniteF16Weight_NamesTheTensor()
    {
        using TemporaryFolder folder = new();
        string model = folder.CopyModel("qwen3_moe-f16");
        const string Name = "model.layers.1.mlp.experts.3.down_proj.weight";
        using (SafetensorsFile file = SafetensorsFile.Open(Path.Combine(model, "model.safetensors")))
        {
            WriteAt(file.Path, file.Tensors[Name].Offset + 10, [0x00, 0x7c]);
        }

        CheckpointException fault = Assert.Throws<CheckpointException>(() => folder.OpenPacked(model));
        Assert.Equal(Name, fault.Tensor);
        Assert.Contains("row 0, column 5", fault.Fault, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("daprmoe.packed")));
    }

    [Theory]
    [InlineData("model.layers.0.mlp.experts.1.up_proj.weight", "gate projection beside it")]
    [InlineData("model.layers.0.mlp.experts.1.down_proj.weight", "other experts of the layer")]
    public void Open_ExpertOfMixedTypes_NamesTheTensor(string name, string reason)
    {
        using TemporaryFolder folder = new();
        string model = folder.File("mixed");
        MixedCheckpoint.Write(model, name, DType.F32);
        CheckpointException fault = Assert.Throws<CheckpointException>(() => folder.OpenPacked(model));
        Assert.Equal(name, fault.Tensor);
        Assert.Contains("is stored as F32", fault.Fault, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.norm.weight")]
    [InlineData("model.layers.0.mlp.gate.weight")]
    [InlineData("model.layers.1.self_attn.q_proj.weight")]
    public void Open_OtherTensorOfAnotherType_KeepsIt(string name)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("mixed");
        MixedCheckpoint.Write(path, name, DType.F32);
        using PackedModel model = folder.OpenPacked(path);
        using Checkpoint checkpoint = Checkpoint.Open(path);
        Assert.Empty(new PackedComparison(model, checkpoint).Differences());
    }

    private static void WriteAt(string path, long position, byte[] bytes)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.Position = position;
        file.Write(bytes);
    }
}
