namespace DaprMoE.Cli.Tests;

/// <summary>Tests that take a minute or more: continuous integration runs them, others do when they ask for it.</summary>
internal static class SlowTests
{
    private const string Variable = "DAPRMOE_SLOW_TESTS";

    public static void Require() =>
        Assert.SkipUnless(Environment.GetEnvironmentVariable(Variable) == "1", $"takes a minute or more; {Variable}=1 runs it");
}
