using System.Runtime.InteropServices;
using DaprMoE.Tensors;

namespace DaprMoE.Models.Tests.Safetensors;

public sealed class SafetensorsFileTests
{
    [Fact]
    public void Data_Control_HoldsTheManifestsValues()
    {
        using SafetensorsFile file = SafetensorsFile.Open(Fixtures.PathOf("safetensors-bad", "ok-header-order.safetensors"));
        Assert.Equal([0, 1, 2, 3], MemoryMarshal.Cast<byte, float>(file.Data("a")).ToArray());
        Assert.Equal([2, 2], file.Tensors["a"].Shape);
        Assert.Equal(4, file.Tensors["a"].Elements);
    }

    [Fact]
    public void Open_GoldenFile_ReadsIntegersToo()
    {
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(Fixtures.Model("qwen3_moe"), "golden.safetensors"));
        SafetensorsTensor experts = file.Tensors["router.0.experts"];
        Assert.Equal(SafetensorsType.I32, experts.Type);
        Assert.Equal([17, 4], experts.Shape);
        Assert.All(MemoryMarshal.Cast<byte, int>(file.Data(experts.Name)).ToArray(), expert => Assert.InRange(expert, 0, 15));
    }

    [Fact]
    public void Read_Part_IsThePartOfTheMappedData()
    {
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(Fixtures.Model("qwen3_moe"), "model.safetensors"));
        SafetensorsTensor tensor = file.Tensors["model.embed_tokens.weight"];
        byte[] part = new byte[100];
        file.Read(tensor, 31, part);
        Assert.Equal(file.Data(tensor.Name).Slice(31, 100), part);
    }

    [Fact]
    public void Read_FileTruncatedSinceOpening_IsAnErrorThatNamesTheFile()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("model.safetensors");
        File.Copy(Path.Combine(Fixtures.Model("qwen3_moe"), "model.safetensors"), path);
        using SafetensorsFile file = SafetensorsFile.Open(path);
        SafetensorsTensor last = file.Tensors.Values.MaxBy(tensor => tensor.Offset)!;
        Truncate(path, last.Offset);
        CheckpointException fault = Assert.Throws<CheckpointException>(() => file.Read(last, 0, new byte[last.ByteLength]));
        Assert.Equal(path, fault.Path);
        Assert.Contains("was it truncated?", fault.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_FileClosed_IsRefused()
    {
        SafetensorsFile file = SafetensorsFile.Open(Fixtures.PathOf("safetensors-bad", "ok-plain.safetensors"));
        _ = file.Data("a");
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => file.Data("a").Length);
    }

    [Fact]
    public void CheckpointException_NameWithTerminalEscapes_IsPrintable()
    {
        CheckpointException fault = new("model.safetensors", "a\u001b[31m", new string('x', 100_000));
        Assert.StartsWith("model.safetensors: tensor 'a\\u001b[31m': xxx", fault.Message, StringComparison.Ordinal);
        Assert.InRange(fault.Message.Length, 1000, 9000);
        Assert.Equal("a\u001b[31m", fault.Tensor);
    }

    [Fact]
    public void Open_MissingFile_NamesIt()
    {
        CheckpointException fault = Assert.Throws<CheckpointException>(() => SafetensorsFile.Open("/nowhere/model.safetensors"));
        Assert.Equal("/nowhere/model.safetensors", fault.Path);
    }

    [Fact]
    public void Data_UnknownTensor_NamesFileAndTensor()
    {
        using SafetensorsFile file = SafetensorsFile.Open(Fixtures.PathOf("safetensors-bad", "ok-plain.safetensors"));
        CheckpointException fault = Assert.Throws<CheckpointException>(() => file.Data("nobody").Length);
        Assert.Equal((file.Path, "nobody"), (fault.Path, fault.Tensor));
    }

    [Fact]
    public void Open_HeaderAboveTheFormatsLimit_IsRefusedThoughTheFileHoldsIt()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("model.safetensors");
        using (FileStream stream = new(path, FileMode.CreateNew))
        {
            stream.Write(BitConverter.GetBytes(100_000_001L));
            stream.SetLength(200_000_000);
        }

        CheckpointException fault = Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(path));
        Assert.Contains("the header length is 100000001; allowed are at most 100000000", fault.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_FaultOfAThread_IsThrownAsItWas()
    {
        using TemporaryFolder folder = new();
        WrittenTensor broken = new("a", DType.F32, [3, 5], (_, _) => throw new IOException("no space"));
        IOException fault = Assert.Throws<IOException>(() => SafetensorsWriter.Write(
            folder.File("a.safetensors"), [broken], WriteProgress.Reporter(null), TestContext.Current.CancellationToken));
        Assert.Equal("no space", fault.Message);
    }

    private static void Truncate(string path, long length)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        stream.SetLength(length);
    }
}
