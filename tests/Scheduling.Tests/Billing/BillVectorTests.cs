namespace DaprMoE.Scheduling.Tests;

public sealed class BillVectorTests
{
    [Fact]
    public void Bill_GoldenVectors_AllAgree()
    {
        PolicyVectorResult result = BillVectors.Run(Fixture());
        Assert.Empty(result.Mismatches);
        Assert.Equal((45, 0), (result.Passed, result.Failed));
    }

    [Theory]
    [InlineData("\"residency\":1000000000}", "\"residency\":1000000001}")]
    [InlineData("\"active_gbs\":2e-07", "\"active_gbs\":2.0000001e-07")]
    [InlineData("\"by_layer_gbs\":{\"0\":1e-06}", "\"by_layer_gbs\":{\"1\":1e-06}")]
    [InlineData("\"by_request_gbs\":{\"a\":5e-07", "\"by_request_gbs\":{\"a\":5.1e-07")]
    [InlineData("\"error\":\"bad-event\"", "\"error\":\"bad-replica\"")]
    [InlineData("\"event\":\"evict\"", "\"event\":\"explode\"")]
    public void Bill_VectorsChanged_AreMismatches(string from, string to)
    {
        string text = System.Text.Encoding.UTF8.GetString(Fixture());
        Assert.Contains(from, text, StringComparison.Ordinal);
        PolicyVectorResult result = BillVectors.Run(System.Text.Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal)));
        Assert.NotEmpty(result.Mismatches);
        Assert.True(result.Failed > 0);
    }

    private static byte[] Fixture()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DaprMoE.sln")))
        {
            folder = folder.Parent;
        }

        return File.ReadAllBytes(Path.Combine(folder!.FullName, "tests", "fixtures", "policies", BillVectors.FileName));
    }
}
