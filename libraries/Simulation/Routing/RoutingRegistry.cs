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
    /// <exception cref="SimulationException">The settings do not fit each other, or the recording is not readable.</exception>
    internal static IRouting Create(string nameOrFile, RoutingSettings settings)
    {
        if (settings.TopK < 1 || settings.TopK > settings.Experts)
        {
            throw new SimulationException(
                $"Experts per token is {settings.TopK}; it may be 1 to {settings.Experts}, the experts of a layer.");
        }

        return Makers.TryGetValue(nameOrFile, out Func<RoutingSettings, IRouting>? make)
            ? make(settings)
            : RecordedRouting.Read(nameOrFile, settings);
    }
}
