namespace DaprMoE.Scheduling;

/// <summary>Time of one MoE layer.</summary>
/// <param name="Compute">Time until the last replica or device is done, s.</param>
/// <param name="AllToAll">One pass of tokens between devices, s; a layer makes two.</param>
public readonly record struct LayerTime(double Compute, double AllToAll)
{
    /// <summary>The whole layer, s.</summary>
    public double Total => Compute + (2 * AllToAll);
}
