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
}
