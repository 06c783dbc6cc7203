namespace DaprMoE.Scheduling;

/// <summary>Coefficient of variation: population standard deviation / mean.</summary>
public static class LoadVariation
{
    /// <summary>The variation of the loads; 0 when their mean is 0 and when there are none.</summary>
    public static double Of(ReadOnlySpan<double> loads)
    {
        double total = 0;
        foreach (double load in loads)
        {
            total += load;
        }

        double mean = loads.IsEmpty ? 0 : total / loads.Length;
        double squares = 0;
        foreach (double load in loads)
        {
            squares += (load - mean) * (load - mean);
        }

        return mean == 0 ? 0 : Math.Sqrt(squares / loads.Length / (mean * mean));
    }

    /// <summary>The variation of replica loads when each expert's load is divided evenly: expert e counts replicas[e] times.</summary>
    /// <param name="loads">Tokens of each expert.</param>
    /// <param name="replicas">Replicas of each expert; those without any do not count.</param>
    public static double OfReplicas(ReadOnlySpan<double> loads, ReadOnlySpan<int> replicas)
    {
        Check.SameLength("replica counts", replicas.Length, "experts", loads.Length);
        double total = 0;
        long count = 0;
        for (int e = 0; e < loads.Length; e++)
        {
            total += replicas[e] > 0 ? loads[e] : 0;
            count += replicas[e];
        }

        double mean = count == 0 ? 0 : total / count;
        double squares = 0;
        for (int e = 0; e < loads.Length; e++)
        {
            double off = (loads[e] / Math.Max(1, replicas[e])) - mean;
            squares += replicas[e] * off * off;
        }

        return mean == 0 ? 0 : Math.Sqrt(squares / count / (mean * mean));
    }
}
