namespace DaprMoE.Scheduling;

/// <summary>What a search is about: the worth of homes, and the changes that are worth a try.</summary>
internal interface IPlanSpace
{
    /// <summary>The worth, smaller is better.</summary>
    double Value(Homes homes);

    /// <summary>Adds the feasible changes of one kind that may improve the homes.</summary>
    void Propose(Homes homes, PlanMove move, List<PlanChange> changes);
}
