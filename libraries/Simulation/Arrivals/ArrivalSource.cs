using System.Globalization;

namespace DaprMoE.Simulation;

/// <summary>The requests of a run, in order of time.</summary>
public static class ArrivalSource
{
    private const string PoissonPrefix = "poisson:";

    /// <summary>Whether the setting is a rate, not a file.</summary>
    public static bool IsRate(string text) => text.StartsWith(PoissonPrefix, StringComparison.Ordinal);

    /// <summary>Reads <c>poisson:RATE</c> (requests per second) or a file of arrivals.</summary>
    /// <param name="text">The setting.</param>
    /// <param name="seconds">Length of the run; later arrivals are left out.</param>
    /// <param name="seed">The seed of Poisson's draws.</param>
    /// <exception cref="SimulationException">Neither a rate nor a readable file.</exception>
    public static IReadOnlyList<RequestArrival> Create(string text, double seconds, ulong seed)
    {
        if (!IsRate(text))
        {
            return ArrivalFile.Read(text, seconds);
        }

        string rate = text[PoissonPrefix.Length..];
        if (!double.TryParse(rate, CultureInfo.InvariantCulture, out double perSecond) || perSecond is not (> 0 and <= 1e6))
        {
            throw new SimulationException(
                $"The rate of arrivals is '{rate}'; it may be a number above 0, to 1000000, requests per second.");
        }

        return PoissonArrivals.Draw(perSecond, seconds, Xoshiro256.ForStream(seed, RandomStream.Arrivals));
    }
}
