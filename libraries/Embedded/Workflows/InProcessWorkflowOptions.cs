namespace DaprMoE.Embedded;

/// <summary>Bounds of the in-process workflow runner.</summary>
public sealed record InProcessWorkflowOptions
{
    /// <summary>Most runs under way, children not counted; further starts are refused.</summary>
    public int MaxRuns { get; init; } = 64;

    /// <summary>Most activities at once, of all runs; further ones wait.</summary>
    public int MaxActivities { get; init; } = 16;

    /// <summary>Ended runs that can still be asked for; the oldest are forgotten.</summary>
    public int KeptRuns { get; init; } = 256;

    /// <summary>Longest time of one activity, the wait for its turn included; one that takes longer has failed.</summary>
    public TimeSpan ActivityTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest time of one run; one that takes longer has failed.</summary>
    public TimeSpan RunTimeout { get; init; } = TimeSpan.FromHours(4);

    /// <summary>How long a stop waits for runs and activities that are under way.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
