using System.Text;

namespace DaprMoE.Scheduling.Tests;

public sealed class PolicyVectorsTests
{
    public static TheoryData<string> Files => [.. PolicyVectors.Files];

    [Theory]
    [MemberData(nameof(Files))]
    public void Verify_GoldenFile_EveryCaseAgrees(string file)
    {
        PolicyVectorResult result = PolicyVectors.Verify(file, File.ReadAllBytes(Fixtures.Path(file)));
        Assert.Empty(result.Mismatches);
        Assert.True(result.Supported);
        Assert.Equal(0, result.Failed);
        Assert.True(result.Passed >= 40, $"{file} has only {result.Passed} cases");
    }

    [Theory]
    [InlineData("scaling.json", "\"extra\":5", "\"extra\":6")]
    [InlineData("placement.json", "\"migrations\":0", "\"migrations\":1")]
    [InlineData("eplb.json", "\"logcnt\":[[1,2,", "\"logcnt\":[[2,1,")]
    [InlineData("static.json", "\"device_load\":[5]", "\"device_load\":[6]")]
    [InlineData("capacity.json", "\"error\":\"bad-gamma\"", "\"error\":\"bad-mode\"")]
    [InlineData("timing.json", "\"tokens\":[3.3333333333333335", "\"tokens\":[3.33333334")]
    [InlineData("measures.json", "\"pearson\":1.0", "\"pearson\":null")]
    [InlineData("dispatch.json", "\"optimum\":9.0", "\"optimum\":8.0")]
    [InlineData("auto.json", "\"value\":0.0004943", "\"value\":0.0004")]
    public void Verify_AlteredExpectation_Fails(string file, string right, string wrong)
    {
        string text = File.ReadAllText(Fixtures.Path(file));
        Assert.Contains(right, text, StringComparison.Ordinal);
        byte[] altered = Encoding.UTF8.GetBytes(text.Replace(right, wrong, StringComparison.Ordinal));
        PolicyVectorResult result = PolicyVectors.Verify(file, altered);
        Assert.True(result.Failed > 0);
        Assert.Equal(result.Failed, result.Mismatches.Count);
    }

    [Fact]
    public void Verify_FileOfAnotherAlgorithm_IsNotSupported()
    {
        PolicyVectorResult result = PolicyVectors.Verify("remoe-mmp.json", "{}"u8.ToArray());
        Assert.False(result.Supported);
        Assert.Equal(0, result.Passed + result.Failed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"cases\":[{\"name\":\"no input\",\"expected\":{}}]}")]
    public void Verify_MalformedFile_FailsWithTheReason(string text)
    {
        PolicyVectorResult result = PolicyVectors.Verify("scaling.json", Encoding.UTF8.GetBytes(text));
        Assert.Equal(1, result.Failed);
        Assert.Single(result.Mismatches);
    }
}
