namespace DaprMoE.Simulation;

/// <summary>Runs policies through a cell. Results are a function of settings, policies and seeds alone.</summary>
public static class Simulator
{
    /// <summary>The policy that all others are compared with.</summary>
    public const string Reference = "static";

    /// <summary>Runs one policy with the seed of the settings.</summary>
    /// <param name="settings">The cell.</param>
    /// <param name="policy">Name of the policy.</param>
    /// <param name="cancellationToken">Ends the run between two iterations.</param>
    /// <exception cref="SimulationException">Settings that do not fit each other.</exception>
    /// <exception cref="Scheduling.SchedulingException">No such policy, or one that can't work with this cell.</exception>
    public static PolicyResult Run(SimulationSettings settings, string policy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new PolicyRun(new Cell(settings), policy).Run(cancellationToken);
    }

    /// <summary>Runs policies with several seeds, on all cores, and compares them with static placement.</summary>
    /// <param name="settings">The cell; its seed is the first.</param>
    /// <param name="policies">Names of policies; static placement is run in any case and comes first.</param>
    /// <param name="seeds">How many seeds in a row, 1 or more.</param>
    /// <param name="progress">Receives the share that is done.</param>
    /// <param name="cancellationToken">Ends the runs.</param>
    /// <exception cref="SimulationException">Settings that do not fit each other.</exception>
    /// <exception cref="Scheduling.SchedulingException">No such policy, or one that can't work with this cell.</exception>
    public static IReadOnlyList<PolicyComparison> Compare(
        SimulationSettings settings,
        IReadOnlyList<string> policies,
        int seeds,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Recording is null && !RoutingRegistry.Names.Contains(settings.Routing))
        {
            settings = settings with { Recording = ReplayedRouting.Read(settings.Routing) };
        }

        string[] names = [Reference, .. policies.Where(policy => policy != Reference).Distinct()];
        PolicyResult[][] results = [.. names.Select(_ => new PolicyResult[seeds])];
        int jobs = names.Length * seeds;
        int done = 0;
        try
        {
            Parallel.For(0, jobs, new ParallelOptions { CancellationToken = cancellationToken }, job =>
            {
                SimulationSettings seeded = settings with { Seed = settings.Seed + (ulong)(job % seeds) };
                results[job / seeds][job % seeds] = Run(seeded, names[job / seeds], cancellationToken);
                progress?.Report((double)Interlocked.Increment(ref done) / jobs);
            });
        }
        catch (AggregateException exception)
        {
            // All jobs have the same settings: the first failure says it all.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception.Flatten().InnerExceptions[0]);
        }

        return [.. results.Select(seedResults => PolicyComparison.Of(seedResults, results[0]))];
    }
}
