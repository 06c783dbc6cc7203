namespace DaprMoE.Scheduling;

/// <summary>Loads as parts of their sum; negative values count as 0.</summary>
internal readonly ref struct LoadShares
{
    private readonly ReadOnlySpan<double> _loads;
    private readonly double _total;

    public LoadShares(ReadOnlySpan<double> loads)
    {
        _loads = loads;
        foreach (double load in loads)
        {
            _total += Math.Max(0, load);
        }
    }

    public bool AreNone => !(_total > 0);

    public double this[int expert] => Math.Max(0, _loads[expert]) / _total;
}
