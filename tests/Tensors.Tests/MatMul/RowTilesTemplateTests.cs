namespace DaprMoE.Tensors.Tests;

public class RowTilesTemplateTests
{
    /// <summary>After a change of the template, run this test with DAPRMOE_REGENERATE=1 to write the file again.</summary>
    [Fact]
    public void RowTiles_GeneratedFile_IsWhatTheTemplateWrites()
    {
        var path = RepositoryFiles.PathOf("libraries", "Tensors", "MatMul", "RowTiles.Generated.cs");
        if (Environment.GetEnvironmentVariable("DAPRMOE_REGENERATE") == "1")
        {
            File.WriteAllText(path, RowTilesTemplate.Generate());
        }

        Assert.Equal(RowTilesTemplate.Generate(), File.ReadAllText(path));
    }
}
