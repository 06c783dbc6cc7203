using System.Text;

namespace DaprMoE.Scheduling.Tests;

public sealed class BillVectorTests
{
    private const string File = "bills.json";

    [Theory]
    [InlineData("\"residency\":1000000000}", "\"residency\":1000000001}")]
    [InlineData("\"active_gbs\":2e-07", "\"active_gbs\":2.0000001e-07")]
    [InlineData("\"by_layer_gbs\":{\"0\":1e-06}", "\"by_layer_gbs\":{\"1\":1e-06}")]
    [InlineData("\"by_request_gbs\":{\"a\":5e-07", "\"by_request_gbs\":{\"a\":5.1e-07")]
    [InlineData("\"unattributed_gbs\":1e-06", "\"unattributed_gbs\":0.0")]
    [InlineData("\"error\":\"bad-event\"", "\"error\":\"bad-replica\"")]
    [InlineData("\"event\":\"evict\"", "\"event\":\"explode\"")]
    public void Bill_VectorsChanged_AreMismatches(string from, string to)
    {
        string text = Encoding.UTF8.GetString(System.IO.File.ReadAllBytes(Fixtures.Path(File)));
        Assert.Contains(from, text, StringComparison.Ordinal);
        PolicyVectorResult result = PolicyVectors.Verify(File, Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal)));
        Assert.NotEmpty(result.Mismatches);
        Assert.True(result.Failed > 0);
    }
}
