namespace DaprMoE.Scheduling;

/// <summary>A change of one layer's homes.</summary>
/// <param name="Expert">The expert that changes.</param>
/// <param name="From">Device that loses its copy; <see cref="Nowhere"/> for an addition.</param>
/// <param name="To">Device that gets a copy; <see cref="Nowhere"/> for a drop.</param>
/// <param name="Other">Expert whose copy goes the other way; <see cref="Nowhere"/> when there is none.</param>
internal readonly record struct PlanChange(int Expert, int From, int To, int Other = PlanChange.Nowhere)
{
    public const int Nowhere = -1;

    /// <summary>What takes the change back.</summary>
    public PlanChange Inverse => new(Expert, To, From, Other);
}
