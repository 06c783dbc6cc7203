namespace DaprMoE.Dapr.Tests;

/// <summary>What a test needs and not every machine has.</summary>
internal static class TestNeeds
{
    /// <summary>Skips the test where a need is not there, or fails it where DAPRMOE_TESTS_REQUIRE lists it.</summary>
    public static void Require(string need, bool isThere, string missing)
    {
        bool isRequired = (Environment.GetEnvironmentVariable("DAPRMOE_TESTS_REQUIRE") ?? "").Split(',').Contains(need);
        Assert.False(isRequired && !isThere, missing);
        Assert.SkipUnless(isThere, missing);
    }
}
