namespace DaprMoE.Torch.Tests;

/// <summary>Compares numbers within an absolute tolerance.</summary>
internal static class Close
{
    public static void Assert(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Xunit.Assert.Equal(expected.Length, actual.Length);
        double worst = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            // Unlike >, Math.Max keeps a NaN, and no comparison with one is true.
            worst = Math.Max(worst, Math.Abs((double)expected[i] - actual[i]));
        }

        Xunit.Assert.True(worst <= tolerance, $"The largest difference is {worst}; allowed is {tolerance}.");
    }
}
