namespace DaprMoE.Simulation;

/// <summary>Runs policies through a cell. Results are a function of settings and policy alone.</summary>
public static class Simulator
{
    /// <summary>Runs one policy.</summary>
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
}
