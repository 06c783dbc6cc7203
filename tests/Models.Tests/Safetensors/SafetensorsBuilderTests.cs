namespace DaprMoE.Models.Tests;

public sealed class SafetensorsBuilderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_TensorsAndMetadata_AreReadBack()
    {
        SafetensorsBuilder builder = new();
        builder.AddMetadata("who", "a \"test\"");
        builder.Add("a", SafetensorsType.U16, [2, 2], stream => stream.Write([1, 0, 2, 0, 3, 0, 4, 0]));
        builder.Add("none", SafetensorsType.I32, [0, 3], _ => { });
        builder.Add("b", SafetensorsType.U8, [3], stream => stream.Write([7, 8, 9]));
        builder.Write(_folder.File("x"));

        using SafetensorsFile file = SafetensorsFile.Open(_folder.File("x"));
        Assert.Equal("a \"test\"", file.Metadata["who"]);
        Assert.Equal([2, 2], file.Tensors["a"].Shape);
        Assert.Equal([1, 0, 2, 0, 3, 0, 4, 0], file.Data("a").ToArray());
        Assert.Equal(0, file.Tensors["none"].Elements);
        Assert.Equal([7, 8, 9], file.Data("b").ToArray());
    }

    [Fact]
    public void Write_ThatFails_LeavesTheOldFileAndNothingElse()
    {
        File.WriteAllText(_folder.File("x"), "old");
        SafetensorsBuilder builder = new();
        builder.Add("a", SafetensorsType.U8, [3], stream => stream.Write([7, 8]));

        Assert.Throws<InvalidOperationException>(() => builder.Write(_folder.File("x")));

        Assert.Equal("old", File.ReadAllText(_folder.File("x")));
        Assert.Single(Directory.EnumerateFiles(_folder.Path));
    }

    [Fact]
    public void CompanionPaths_OfAModel_BeginBesideItsPackedFile()
    {
        using PackedModel model = _folder.OpenPacked(Fixtures.Model("qwen3_moe"));
        IReadOnlyList<string> paths = model.CompanionPaths("notes");
        Assert.Equal(_folder.File("notes"), paths[0]);
        Assert.All(paths.Skip(1), path => Assert.EndsWith(Path.Combine(model.Fingerprint, "notes"), path, StringComparison.Ordinal));
    }
}
