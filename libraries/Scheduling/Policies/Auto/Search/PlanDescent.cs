namespace DaprMoE.Scheduling;

/// <summary>Steepest descent: the best change of the first kind that improves, until none does.</summary>
internal sealed class PlanDescent
{
    /// <summary>Smallest relative improvement that counts, against rounding.</summary>
    private const double Least = 1e-12;

    private static readonly PlanMove[] Moves = Enum.GetValues<PlanMove>();

    private readonly List<PlanChange> _changes = [];

    /// <summary>Improves homes in place and returns their worth.</summary>
    /// <param name="homes">Where to start.</param>
    /// <param name="space">Worth and changes.</param>
    /// <param name="steps">Most changes.</param>
    public double Run(Homes homes, IPlanSpace space, int steps)
    {
        double value = space.Value(homes);
        for (int kind = 0; kind < Moves.Length && steps > 0;)
        {
            double improved = Step(homes, space, Moves[kind], value);
            kind = improved < value ? 0 : kind + 1;
            steps -= improved < value ? 1 : 0;
            value = improved;
        }

        return value;
    }

    private double Step(Homes homes, IPlanSpace space, PlanMove move, double value)
    {
        _changes.Clear();
        space.Propose(homes, move, _changes);
        PlanChange? best = null;
        double least = value - (Least * Math.Abs(value));
        foreach (PlanChange change in _changes)
        {
            homes.Apply(change);
            double tried = space.Value(homes);
            homes.Apply(change.Inverse);
            if (tried < least)
            {
                (best, least) = (change, tried);
            }
        }

        if (best is PlanChange chosen)
        {
            homes.Apply(chosen);
            return least;
        }

        return value;
    }
}
