namespace DaprMoE.Simulation;

/// <summary>Popularity by rank: the weight of rank r is (r + 1)^−s, as integers so that sums are exact.</summary>
internal static class ZipfWeights
{
    /// <summary>Weights floor(2³² · (rank + 1)^−s + 0.5), at least 1.</summary>
    public static ulong[] Integers(int count, double exponent)
    {
        ulong[] weights = new ulong[count];
        for (int rank = 0; rank < count; rank++)
        {
            weights[rank] = Math.Max(1UL, (ulong)Math.Floor((4294967296.0 * Math.Pow(rank + 1, -exponent)) + 0.5));
        }

        return weights;
    }

    /// <summary>The same as shares that add up to one.</summary>
    public static double[] Shares(int count, double exponent)
    {
        double[] shares = new double[count];
        double sum = 0;
        for (int rank = 0; rank < count; rank++)
        {
            shares[rank] = Math.Pow(rank + 1, -exponent);
            sum += shares[rank];
        }

        for (int rank = 0; rank < count; rank++)
        {
            shares[rank] /= sum;
        }

        return shares;
    }
}
