namespace DaprMoE.Models.Tests.Packing;

public sealed class RepackTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _model;

    public RepackTests() => _model = _folder.CopyModel("qwen3_moe");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_SecondTime_PacksNothing()
    {
        Assert.True(OpensByPacking());
        Assert.False(OpensByPacking());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(16)]
    [InlineData(40)]
    public void Open_HeaderDamaged_PacksAgain(long position)
    {
        Assert.True(OpensByPacking());
        PackedFiles.Flip(_folder.File("daprmoe.packed"), position);
        Assert.True(OpensByPacking());
        Assert.False(OpensByPacking());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(5000)]
    [InlineData(-1)]
    [InlineData(+1)]
    public void Open_LengthChanged_PacksAgain(long length)
    {
        Assert.True(OpensByPacking());
        PackedFiles.Change(_folder.File("daprmoe.packed"), file => file.SetLength(length is 1 or -1 ? file.Length + length : length));
        Assert.True(OpensByPacking());
        Assert.False(OpensByPacking());
    }

    [Fact]
    public void Open_WeightsWrittenSince_PacksAgain()
    {
        Assert.True(OpensByPacking());
        File.SetLastWriteTimeUtc(Path.Combine(_model, "model.safetensors"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.True(OpensByPacking());
        Assert.False(OpensByPacking());
    }

    [Fact]
    public void Open_ConfigWithOtherShapes_IsNotServedFromTheOldFile()
    {
        Assert.True(OpensByPacking());
        TemporaryFolder.EditConfig(_model, config =>
        {
            config["num_attention_heads"] = 2;
            config["head_dim"] = 64;
            config["num_key_value_heads"] = 1;
        });
        CheckpointException fault = Assert.Throws<CheckpointException>(() => OpensByPacking());
        Assert.Contains("q_norm.weight", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>A table that is whole but sends readers elsewhere is no better than a damaged one.</summary>
    [Theory]
    [InlineData("\"key\":\"output\"", "\"key\":\"outpux\"")]
    [InlineData("\"offset\":0", "\"offset\":8")]
    [InlineData("\"type\":\"BF16\"", "\"type\":7")]
    [InlineData("\"gate_up_type\":\"BF16\"", "\"gate_up_type\":1000")]
    [InlineData("\"type\":\"BF16\"", "\"type\":\"F32\"")]
    [InlineData("\"count\":16", "\"count\":99")]
    [InlineData("\"layout\":\"panel32\"", "\"layout\":\"panel64\"")]
    [InlineData("\"entries\":[", "\"entries\":[null,")]
    [InlineData("\"sources\":[", "\"sources\":null,\"x\":[")]
    public void Open_TableForgedWithItsChecksum_PacksAgain(string old, string forged)
    {
        Assert.True(OpensByPacking());
        PackedFiles.ForgeTable(_folder.File("daprmoe.packed"), old, forged);
        Assert.True(OpensByPacking());
        Assert.False(OpensByPacking());
    }

    [Fact]
    public void Open_PackedFile_CannotBeWritten()
    {
        Assert.True(OpensByPacking());
        Assert.True(new FileInfo(_folder.File("daprmoe.packed")).IsReadOnly);
    }

    [Fact]
    public void Open_LeftoverOfACrash_IsReplaced()
    {
        File.WriteAllText(_folder.File("daprmoe.packed.tmp"), "half a file");
        Assert.True(OpensByPacking());
        Assert.False(File.Exists(_folder.File("daprmoe.packed.tmp")));
    }

    /// <summary>The mapped file keeps its bytes when another takes its name.</summary>
    [Fact]
    public void Open_RepackedWhileOpen_LeavesTheOpenModelIntact()
    {
        using PackedModel open = _folder.OpenPacked(_model);
        File.SetLastWriteTimeUtc(Path.Combine(_model, "model.safetensors"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.True(OpensByPacking());
        using Checkpoint checkpoint = Checkpoint.Open(_model);
        Assert.Empty(new PackedComparison(open, checkpoint).Differences());
    }

    [Fact]
    public void Open_Progress_EndsWithAllBytes()
    {
        PackPhases phases = new();
        _folder.OpenPacked(_model, phases).Dispose();
        PackProgress last = phases.Reports[^1];
        Assert.Equal(PackPhase.Flushing, last.Phase);
        Assert.Equal(last.BytesTotal, last.BytesDone);
        Assert.True(last.BytesTotal > 500_000);
    }

    [Fact]
    public void Open_Cancelled_LeavesNoFile()
    {
        using CancellationTokenSource stop = new();
        PackPhases phases = new() { OnReport = _ => stop.Cancel() };
        Assert.ThrowsAny<OperationCanceledException>(
            () => PackedModel.Open(_model, new PackOptions { Folder = _folder.Path }, phases, stop.Token));
        Assert.Equal([_folder.File("daprmoe.packed.lock")], Directory.EnumerateFiles(_folder.Path, "daprmoe.packed*"));
    }

    [Fact]
    public void Open_WeightsWrittenWhilePacking_KeepsNoFile()
    {
        string weights = Path.Combine(_model, "model.safetensors");
        PackPhases phases = new()
        {
            OnReport = _ => File.SetLastWriteTimeUtc(weights, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)),
        };
        CheckpointException fault = Assert.Throws<CheckpointException>(() => _folder.OpenPacked(_model, phases));
        Assert.Contains("its weight files changed while they were packed", fault.Fault, StringComparison.Ordinal);
        Assert.Equal([_folder.File("daprmoe.packed.lock")], Directory.EnumerateFiles(_folder.Path, "daprmoe.packed*"));
    }

    [Fact]
    public void Open_NotApproved_WritesNothing()
    {
        PackOptions options = new() { Folder = _folder.Path, Approve = (_, _) => throw new InsufficientMemoryException() };
        Assert.Throws<InsufficientMemoryException>(() => TemporaryFolder.Open(_model, options));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    [Fact]
    public void Open_Approving_SeesTheSameSizeBeforeAndAfterPacking()
    {
        List<long> sizes = [];
        PackOptions options = new()
        {
            Folder = _folder.Path,
            Approve = (model, bytes) =>
            {
                Assert.Equal(64, model.HiddenSize);
                sizes.Add(bytes);
            },
        };
        using PackedModel packed = TemporaryFolder.Open(_model, options);
        using PackedModel again = TemporaryFolder.Open(_model, options);
        Assert.Equal([packed.ByteLength, packed.ByteLength], sizes);
    }

    private bool OpensByPacking()
    {
        PackPhases phases = new();
        using PackedModel model = _folder.OpenPacked(_model, phases);
        using Checkpoint checkpoint = Checkpoint.Open(_model);
        Assert.Empty(new PackedComparison(model, checkpoint).Differences());
        return phases.Packed;
    }
}
