namespace DaprMoE.Scheduling;

/// <summary>The MoEless paper's T and C, added up layer by layer.</summary>
/// <param name="expertGigabytes">Memory of one replica, GB of 1e9 bytes.</param>
/// <param name="miscSeconds">Time of a layer outside its experts (T_misc), s.</param>
/// <param name="miscGigabytes">Memory that is held during that time (M_misc), GB.</param>
public sealed class BatchObjective(double expertGigabytes, double miscSeconds, double miscGigabytes)
{
    /// <summary>T, s.</summary>
    public double Time { get; private set; }

    /// <summary>C, GB·s.</summary>
    public double Cost { get; private set; }

    /// <summary>Adds one layer of one iteration.</summary>
    /// <param name="layer">Its time.</param>
    /// <param name="replicas">Replicas that the layer holds.</param>
    public void Add(LayerTime layer, int replicas)
    {
        Time += layer.Total + miscSeconds;
        Cost += (layer.Total * replicas * expertGigabytes) + (miscSeconds * miscGigabytes);
    }
}
