namespace DaprMoE.Scheduling;

/// <summary>The most tokens an expert takes in the lossy capacity-aware baseline.</summary>
internal static class ExpertCapacity
{
    /// <summary>Taken off before rounding up, so that a quotient that is a whole number but for rounding stays that number.</summary>
    private const double Rounding = 1e-9;

    /// <summary>C = max(1, ceil(gamma · assignments / experts)).</summary>
    public static long Of(double gamma, long assignments, int experts)
    {
        if (!(gamma > 0))
        {
            throw Check.Error(SchedulingError.BadGamma, $"A capacity factor of {gamma}; give a number above 0.");
        }

        return Math.Max(1, (long)Math.Ceiling((gamma * assignments / experts) - Rounding));
    }
}
