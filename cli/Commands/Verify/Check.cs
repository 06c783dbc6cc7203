namespace DaprMoE.Cli;

/// <summary>One comparison with what is expected.</summary>
/// <param name="Name">What is compared.</param>
/// <param name="Ok">Whether it holds.</param>
/// <param name="MaxAbsError">The largest difference of numbers; of ids, how many differ.</param>
/// <param name="Tolerance">The largest difference allowed.</param>
/// <param name="Detail">What differs, and where.</param>
/// <param name="Supported">False when what it is about is not built yet, so that nothing was compared.</param>
internal sealed record Check(
    string Name, bool Ok, double? MaxAbsError = null, double? Tolerance = null, string? Detail = null, bool Supported = true)
{
    /// <summary>Numbers that may differ by the tolerance.</summary>
    public static Check OfNumbers(string name, ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, double tolerance)
    {
        if (actual.Length != expected.Length)
        {
            return new Check(name, false, null, tolerance, $"{actual.Length} values instead of {expected.Length}");
        }

        double worst = 0.0;
        for (int i = 0; i < actual.Length; i++)
        {
            double error = Math.Abs((double)actual[i] - expected[i]);
            if (double.IsNaN(error))
            {
                return new Check(name, false, null, tolerance, $"value {i} is {actual[i]} instead of {expected[i]}");
            }

            worst = Math.Max(worst, error);
        }

        return new Check(name, worst <= tolerance, worst, tolerance);
    }

    /// <summary>Ids that must be equal.</summary>
    public static Check OfIds(string name, ReadOnlySpan<int> actual, ReadOnlySpan<int> expected)
    {
        if (actual.Length != expected.Length)
        {
            return new Check(name, false, null, 0, $"{actual.Length} ids instead of {expected.Length}");
        }

        int different = 0;
        string? detail = null;
        for (int i = 0; i < actual.Length; i++)
        {
            if (actual[i] != expected[i])
            {
                different++;
                detail ??= $"first at {i}: {actual[i]} instead of {expected[i]}";
            }
        }

        return new Check(name, different == 0, different, 0, detail);
    }
}
