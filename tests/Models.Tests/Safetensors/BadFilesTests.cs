using System.Text.Json;

namespace DaprMoE.Models.Tests.Safetensors;

public sealed class BadFilesTests
{
    private static readonly Dictionary<string, JsonElement> Manifest = ReadManifest();

    public static TheoryData<string> Entries => [.. Manifest.Keys];

    [Theory]
    [MemberData(nameof(Entries))]
    public void Open_FileOfTheManifest_DoesWhatTheManifestExpects(string file)
    {
        JsonElement entry = Manifest[file];
        string path = Fixtures.PathOf("safetensors-bad", file);
        Exception? fault = Record.Exception(() => OpenAll(path, entry.GetProperty("kind").GetString()!));
        if (entry.GetProperty("expect").GetString() == "accept")
        {
            Assert.Null(fault);
            return;
        }

        CheckpointException refusal = Assert.IsType<CheckpointException>(fault);
        Assert.StartsWith(Path.GetDirectoryName(path)!, refusal.Path, StringComparison.Ordinal);
        Assert.Contains(refusal.Path, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("duplicate-key.safetensors", "a", "occurs twice in the header")]
    [InlineData("offsets-hole.safetensors", "b", "begins at byte 20 of the data, which leaves a hole")]
    [InlineData("overlapping-offsets.safetensors", "b", "begins at byte 8 of the data, which overlaps")]
    [InlineData("offsets-reversed.safetensors", "a", "[16, 0]")]
    [InlineData("offsets-negative.safetensors", "a", "data_offsets holds -16; allowed are integers")]
    [InlineData("offsets-one-value.safetensors", "a", "data_offsets has 1 values")]
    [InlineData("offsets-out-of-range.safetensors", "b", "ends at byte")]
    [InlineData("truncated-data.safetensors", "b", "truncated")]
    [InlineData("unknown-dtype.safetensors", "a", "unknown dtype 'F31'; known are BF16, BOOL")]
    [InlineData("shape-mismatch.safetensors", "a", "shape [2, 3] of F32 does not take the 16 bytes")]
    [InlineData("shape-overflow.safetensors", "a", "shape [8589934592, 8589934592]")]
    [InlineData("shape-not-integer.safetensors", "a", "shape holds 2.5")]
    [InlineData("negative-shape.safetensors", "a", "shape holds -2")]
    [InlineData("missing-dtype.safetensors", "a", "dtype is missing")]
    [InlineData("index-missing-tensor/model.safetensors.index.json", "c", "is not in model-00001-of-00001.safetensors")]
    [InlineData("index-parent-path/model.safetensors.index.json", "b", "'../ok-plain.safetensors'; allowed are plain names")]
    [InlineData("index-absolute-path/model.safetensors.index.json", "b", "'/model.safetensors'; allowed are plain names")]
    [InlineData("index-backslash-path/model.safetensors.index.json", "b", "allowed are plain names")]
    [InlineData("index-not-a-string/model.safetensors.index.json", "a", "is a number; allowed are file names")]
    public void Open_FaultOfATensor_NamesTensorAndFault(string file, string tensor, string fault)
    {
        string kind = Manifest[file].GetProperty("kind").GetString()!;
        CheckpointException refusal = Assert.Throws<CheckpointException>(() => OpenAll(Fixtures.PathOf("safetensors-bad", file), kind));
        Assert.Equal(tensor, refusal.Tensor);
        Assert.Contains(fault, refusal.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("empty-file.safetensors", "has 0 bytes, too few")]
    [InlineData("header-length-huge.safetensors", "the header length is 9223372036854775816; allowed are at most 100000000")]
    [InlineData("non-utf8-header.safetensors", "not valid UTF-8")]
    [InlineData("trailing-bytes.safetensors", "4 bytes follow the last tensor")]
    [InlineData("json-not-object.safetensors", "does not begin with '{'")]
    [InlineData("index-no-weight-map/model.safetensors.index.json", "'weight_map'")]
    public void Open_FaultOfTheFile_SaysWhatIsWrong(string file, string fault)
    {
        string kind = Manifest[file].GetProperty("kind").GetString()!;
        CheckpointException refusal = Assert.Throws<CheckpointException>(() => OpenAll(Fixtures.PathOf("safetensors-bad", file), kind));
        Assert.Null(refusal.Tensor);
        Assert.Contains(fault, refusal.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_HeaderLengthHuge_AllocatesLittle()
    {
        string path = Fixtures.PathOf("safetensors-bad", "header-length-huge.safetensors");
        _ = Record.Exception(() => SafetensorsFile.Open(path));
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = Record.Exception(() => SafetensorsFile.Open(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    private static void OpenAll(string path, string kind)
    {
        if (kind == "index")
        {
            using CheckpointTensors tensors = CheckpointTensors.Open(Path.GetDirectoryName(path)!);
            Assert.Equal(["a", "b"], tensors.All.Select(tensor => tensor.Name).Order());
            return;
        }

        using SafetensorsFile file = SafetensorsFile.Open(path);
        foreach (SafetensorsTensor tensor in file.Tensors.Values)
        {
            Assert.Equal(tensor.ByteLength, file.Data(tensor.Name).Length);
        }
    }

    private static Dictionary<string, JsonElement> ReadManifest()
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Fixtures.PathOf("safetensors-bad", "manifest.json")));
        return manifest.RootElement.GetProperty("entries").EnumerateArray()
            .ToDictionary(entry => entry.GetProperty("file").GetString()!, entry => entry.Clone());
    }
}
