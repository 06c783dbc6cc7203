namespace DaprMoE.Models;

/// <summary>The rotation's frequencies in radians per position, for pairs 0 .. d/2 - 1 of d rotated values.</summary>
internal static class RopeScaling
{
    /// <summary>theta^(-2i/d).</summary>
    public static double[] Unscaled(double theta, int size)
    {
        double[] frequencies = new double[size / 2];
        for (int i = 0; i < frequencies.Length; i++)
        {
            frequencies[i] = Math.Pow(theta, -2.0 * i / size);
        }

        return frequencies;
    }

    /// <summary>All positions divided by one factor.</summary>
    public static double[] Linear(double[] frequencies, double factor) => Array.ConvertAll(frequencies, f => f / factor);

    /// <summary>Long wavelengths divided by the factor, short ones kept, those between blended.</summary>
    public static double[] Llama3(double[] frequencies, Llama3Scaling scaling) => Array.ConvertAll(frequencies, f =>
    {
        double wavelength = 2 * Math.PI / f;
        if (wavelength > scaling.OriginalPositions / scaling.LowFrequencyFactor)
        {
            return f / scaling.Factor;
        }

        // Both factors may be equal; then no wavelength lies between them and the blend (0/0) is never reached.
        if (wavelength <= scaling.OriginalPositions / scaling.HighFrequencyFactor)
        {
            return f;
        }

        double smooth = ((scaling.OriginalPositions / wavelength) - scaling.LowFrequencyFactor)
            / (scaling.HighFrequencyFactor - scaling.LowFrequencyFactor);
        return ((1 - smooth) * f / scaling.Factor) + (smooth * f);
    });

    /// <summary>Pairs that turn often keep their frequency, pairs that turn seldom are divided, with a ramp between.</summary>
    public static double[] Yarn(double[] frequencies, double theta, YarnScaling scaling)
    {
        int size = 2 * frequencies.Length;
        (double low, double high) = scaling.Ramp(theta, size);
        double[] scaled = new double[frequencies.Length];
        for (int i = 0; i < scaled.Length; i++)
        {
            double ramp = Math.Clamp((i - low) / (high - low), 0, 1);
            scaled[i] = (frequencies[i] / scaling.Factor * ramp) + (frequencies[i] * (1 - ramp));
        }

        return scaled;
    }
}
