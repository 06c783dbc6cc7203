namespace DaprMoE.Simulation;

/// <summary>Draws shares that add up to one from a symmetric Dirichlet distribution.</summary>
internal static class Dirichlet
{
    /// <summary>Fills <paramref name="shares"/>; the smaller the concentration, the fewer shares are large.</summary>
    public static void Draw(Xoshiro256 random, double concentration, Span<double> shares)
    {
        double sum = 0;
        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] = Gamma(random, concentration);
            sum += shares[i];
        }

        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] = sum > 0 ? shares[i] / sum : 1.0 / shares.Length;
        }
    }

    // Marsaglia and Tsang's method; below 1 a draw for shape + 1 is scaled by a power of a uniform number.
    private static double Gamma(Xoshiro256 random, double shape)
    {
        if (shape < 1)
        {
            return Gamma(random, shape + 1) * Math.Pow(1 - random.Uniform(), 1 / shape);
        }

        double d = shape - (1.0 / 3);
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double normal = Normal(random);
            double root = 1 + (c * normal);
            double v = root * root * root;
            if (v > 0 && Math.Log(1 - random.Uniform()) < (0.5 * normal * normal) + d - (d * v) + (d * Math.Log(v)))
            {
                return d * v;
            }
        }
    }

    // The polar method; its second number is left unused, so that a draw has no state beside the generator's.
    private static double Normal(Xoshiro256 random)
    {
        while (true)
        {
            double x = (2 * random.Uniform()) - 1;
            double y = (2 * random.Uniform()) - 1;
            double square = (x * x) + (y * y);
            if (square is > 0 and < 1)
            {
                return x * Math.Sqrt(-2 * Math.Log(square) / square);
            }
        }
    }
}
