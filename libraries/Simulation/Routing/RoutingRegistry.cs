using DaprMoE.Scheduling;

namespace DaprMoE.Simulation;

/// <summary>The routings there are, by name. Any other name is a file of recorded routing.</summary>
public static class RoutingRegistry
{
    private static readonly Dictionary<string, Func<RoutingSettings, IRouting>> Makers = new(StringComparer.Ordinal)
    {
        ["slots"] = settings => new SlotsRouting(settings),
        ["mix"] = settings => new MixRouting(settings),
    };

    /// <summary>Names of the generators.</summary>
    public static IReadOnlyCollection<string> Names => Makers.Keys;

    /// <summary>Makes a routing: a generator by its name, else the recording at that path.</summary>
    /// <exception cref="SchedulingException">More experts per token than there are, or fewer than one.</exception>
    /// <exception cref="SimulationException">The recording is not readable, or does not fit the settings.</exception>
    internal static IRouting Create(string nameOrFile, RoutingSettings settings)
    {
        if (settings.TopK < 1 || settings.TopK > settings.Experts)
        {
            throw new SchedulingException(
                SchedulingError.BadTopK,
                $"Experts per token is {settings.TopK}; it may be 1 to {settings.Experts}, the experts of a layer.");
        }

        return Makers.TryGetValue(nameOrFile, out Func<RoutingSettings, IRouting>? make)
            ? make(settings)
            : RecordedRouting.Of(settings.Recording ?? ReplayedRouting.Read(nameOrFile), settings);
    }
}
