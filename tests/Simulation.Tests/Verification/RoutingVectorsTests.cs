using System.Text;
using DaprMoE.Scheduling;

namespace DaprMoE.Simulation.Tests;

public sealed class RoutingVectorsTests
{
    private static string Vectors { get; } = File.ReadAllText(Fixtures.PathOf(RoutingVectors.File));

    [Fact]
    public void Verify_GoldenFile_EveryCaseAgrees()
    {
        PolicyVectorResult result = Verify(Vectors);

        Assert.Empty(result.Mismatches);
        Assert.Equal((44, 0), (result.Passed, result.Failed));
    }

    [Theory]
    [InlineData("\"state\":[\"16294208416658607535\"", "\"state\":[\"16294208416658607534\"")]
    [InlineData("\"next\":[\"11091344671253066420\"", "\"next\":[\"11091344671253066421\"")]
    [InlineData("\"below_1000\":[106,", "\"below_1000\":[107,")]
    [InlineData("\"below_2pow40\":[1084940854176,", "\"below_2pow40\":[1084940854177,")]
    [InlineData("\"chance_0.3\":[false,", "\"chance_0.3\":[true,")]
    [InlineData("\"weights\":[4294967296", "\"weights\":[4294967295")]
    [InlineData("\"loads\":[[[", "\"loads\":[[[1,")]
    [InlineData("\"choices\":[[[[", "\"choices\":[[[[99,")]
    [InlineData("\"error\":\"bad-top-k\"", "\"error\":\"bad-shape\"")]
    public void Verify_AlteredExpectation_Fails(string right, string wrong)
    {
        Assert.Contains(right, Vectors, StringComparison.Ordinal);

        PolicyVectorResult result = Verify(Vectors.Replace(right, wrong, StringComparison.Ordinal));

        Assert.True(result.Failed > 0);
        Assert.Equal(result.Failed, result.Mismatches.Count);
    }

    [Fact]
    public void Verify_UnknownVector_FailsWithTheNamesThereAre()
    {
        PolicyVectorResult result = Verify("""{"cases":[{"name":"x","input":{"what":"dice"},"expected":{}}]}""");

        Assert.Equal(1, result.Failed);
        Assert.Contains("'dice'; there are prng, weights, routing", Assert.Single(result.Mismatches), StringComparison.Ordinal);
    }

    private static PolicyVectorResult Verify(string json) =>
        PolicyVectors.Verify(RoutingVectors.File, Encoding.UTF8.GetBytes(json), new RoutingVectors());
}
