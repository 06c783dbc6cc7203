namespace DaprMoE.Scheduling;

/// <summary>
/// MoEless Algorithm 1 exactly as printed, for comparison only: the current share, not the expert's load, is divided by the new count, and
/// memory is tested before the addition, so that the cap may be exceeded by part of an expert.
/// </summary>
public static class LiteralReplicaScaler
{
    /// <summary>Chooses the replicas of each expert.</summary>
    /// <param name="loads">Tokens of each expert.</param>
    /// <param name="limits">Expert size, cap and threshold; the printed form knows no other limit.</param>
    /// <param name="replicas">Receives the replicas of each expert, at least 1.</param>
    /// <returns>Copies beyond the first of each expert, at most <see cref="ReplicaScaler.MostExtra"/>.</returns>
    public static int Scale(ReadOnlySpan<double> loads, in ScalingLimits limits, Span<int> replicas)
    {
        Check.Loads(loads);
        Check.SameLength("replica counts", replicas.Length, "experts", loads.Length);
        replicas.Fill(1);
        double[] shares = loads.ToArray();
        int extra = 0;
        while (extra < ReplicaScaler.MostExtra
            && extra * (double)limits.ExpertBytes < limits.CapBytes
            && Variation(shares, replicas) > limits.Threshold)
        {
            int expert = Largest(shares);
            replicas[expert]++;
            shares[expert] /= replicas[expert];
            extra++;
        }

        return extra;
    }

    /// <summary>Each expert's share counts as often as it has replicas.</summary>
    private static double Variation(ReadOnlySpan<double> shares, ReadOnlySpan<int> replicas)
    {
        double[] loads = new double[shares.Length];
        for (int e = 0; e < loads.Length; e++)
        {
            loads[e] = shares[e] * replicas[e];
        }

        return LoadVariation.OfReplicas(loads, replicas);
    }

    private static int Largest(ReadOnlySpan<double> shares)
    {
        int largest = 0;
        for (int e = 1; e < shares.Length; e++)
        {
            largest = shares[e] > shares[largest] ? e : largest;
        }

        return largest;
    }
}
