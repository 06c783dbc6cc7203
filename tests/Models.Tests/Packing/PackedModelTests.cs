using DaprMoE.Tensors;

namespace DaprMoE.Models.Tests.Packing;

public sealed class PackedModelTests
{
    public static TheoryData<string> Models => [.. Fixtures.Qwen3MoeModels, "tiny-moe"];

    [Theory]
    [MemberData(nameof(Models))]
    public void Open_FixtureModel_HoldsEveryTensorOfTheCheckpoint(string name)
    {
        using TemporaryFolder folder = new();
        using PackedModel model = folder.OpenPacked(Fixtures.Model(name));
        using Checkpoint checkpoint = Checkpoint.Open(Fixtures.Model(name));
        Assert.Equal(folder.File("daprmoe.packed"), model.Path);
        Assert.Empty(new PackedComparison(model, checkpoint).Differences());
    }

    /// <summary>Rows of 40 KB make a portion hold fewer rows than the matrices have.</summary>
    [Fact]
    public void Open_MatricesOfSeveralPortions_HoldEveryTensor()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("wide");
        RandomCheckpointOptions sizes = new()
        {
            Hidden = 10240,
            Layers = 1,
            Experts = 1,
            TopK = 1,
            Ffn = 200,
            Heads = 1,
            KvHeads = 1,
            HeadDim = 2,
            Vocab = 250,
            DType = DType.F32,
        };
        RandomCheckpoint.Write(path, sizes, progress: null, TestContext.Current.CancellationToken);
        using PackedModel model = folder.OpenPacked(path);
        using Checkpoint checkpoint = Checkpoint.Open(path);
        Assert.Empty(new PackedComparison(model, checkpoint).Differences());
    }

    [Fact]
    public void Expert_AllOfAModel_AreDisjointPagesThatCanBeReadAlone()
    {
        using TemporaryFolder folder = new();
        using PackedModel model = folder.OpenPacked(Fixtures.Model("qwen3_moe-tail"));
        long end = 0;
        foreach (int layer in new[] { 3, 5 })
        {
            for (int expert = 0; expert < 9; expert++)
            {
                ExpertRange range = model.Expert(layer, expert);
                Assert.Equal((0, 0), (range.Offset % 4096, range.Bytes % 4096));
                Assert.True(range.Offset >= end);
                end = range.Offset + range.Bytes;
                AssertReadsWhatIsMapped(model, layer, expert);
            }
        }

        Assert.Equal(end, new FileInfo(model.Path).Length);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(6, 0)]
    [InlineData(3, 9)]
    [InlineData(3, -1)]
    public void Expert_ThatDoesNotExist_IsRefused(int layer, int expert)
    {
        using TemporaryFolder folder = new();
        using PackedModel model = folder.OpenPacked(Fixtures.Model("qwen3_moe-tail"));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Expert(layer, expert));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.ExpertAt(layer, expert, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.MappedExpert(layer, expert));
    }

    [Fact]
    public void ExpertAt_OtherAddress_ViewsTheSamePlacesThere()
    {
        using TemporaryFolder folder = new();
        using PackedModel model = folder.OpenPacked(Fixtures.Model("qwen3_moe-tail"));
        GatedWeights weights = model.ExpertAt(3, 1, 64);
        Assert.Equal(new PackedMatrix(64, 128, 80, DType.BF16), weights.GateUp);
        Assert.Equal(new PackedMatrix(64 + (128 * 80 * 2), 80, 44, DType.BF16), weights.Down);
    }

    [Fact]
    public void ReadExpert_FileTruncatedMeanwhile_IsAnError()
    {
        using TemporaryFolder folder = new();
        using PackedModel model = folder.OpenPacked(Fixtures.Model("qwen3_moe"));
        byte[] range = new byte[model.ExpertBytes(2)];
        PackedFiles.Change(model.Path, file => file.SetLength(model.Expert(2, 15).Offset + 1));
        CheckpointException fault = Assert.Throws<CheckpointException>(() => model.ReadExpert(2, 15, range));
        Assert.Contains("truncated", fault.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void ThrowIfTruncated_FileShortenedWhileOpen_NamesTheFile()
    {
        using TemporaryFolder folder = new();
        using PackedModel model = folder.OpenPacked(Fixtures.Model("qwen3_moe"));
        model.ThrowIfTruncated();
        PackedFiles.Change(model.Path, file => file.SetLength(file.Length - 1));
        CheckpointException fault = Assert.Throws<CheckpointException>(model.ThrowIfTruncated);
        Assert.Equal(model.Path, fault.Path);
    }

    private static unsafe void AssertReadsWhatIsMapped(PackedModel model, int layer, int expert)
    {
        byte[] read = new byte[model.ExpertBytes(layer)];
        model.ReadExpert(layer, expert, read);
        Assert.Equal(new ReadOnlySpan<byte>((void*)model.MappedExpert(layer, expert), read.Length), read);
    }
}
