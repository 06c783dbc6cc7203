namespace DaprMoE.Ports;

/// <summary>
/// The topics of the event bus. Each carries <see cref="VersionEvent"/>s: something has a new version, read it from state.
/// </summary>
public static class EventTopics
{
    /// <summary>An expert host has announced itself anew.</summary>
    public const string ExpertHost = "expert-host";

    /// <summary>A gateway has closed a window of load; see <see cref="LoadWindowLog"/>.</summary>
    public const string ExpertLoad = "expert-load";

    /// <summary>The load predictor has a new forecast; see <see cref="ForecastStore"/>.</summary>
    public const string ExpertForecast = "expert-forecast";

    /// <summary>The autoscaler has a new plan; see <see cref="PlanStore"/>.</summary>
    public const string ExpertPlan = "expert-plan";

    /// <summary>All topics.</summary>
    public static IReadOnlyList<string> All { get; } = [ExpertHost, ExpertLoad, ExpertForecast, ExpertPlan];

    /// <summary>Refuses a name that is no topic.</summary>
    /// <exception cref="ArgumentException">There is no such topic; the message lists those there are.</exception>
    public static void Require(string topic)
    {
        if (!All.Contains(topic, StringComparer.Ordinal))
        {
            throw new ArgumentException($"There is no topic '{topic}'; there are {string.Join(", ", All)}.", nameof(topic));
        }
    }
}
