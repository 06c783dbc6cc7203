namespace DaprMoE.Simulation;

/// <summary>A forecast of a layer's loads of a given load accuracy (1 − ½ · L1 of the shares): what came, mixed with noise.</summary>
internal sealed class LoadForecast(double accuracy, int experts, Xoshiro256 random)
{
    private const double Concentration = 0.3;

    private readonly double[] _noise = new double[experts];

    /// <summary>Writes a forecast of <paramref name="loads"/> with the same total.</summary>
    public void Write(ReadOnlySpan<int> loads, Span<double> forecast)
    {
        long total = 0;
        for (int expert = 0; expert < loads.Length; expert++)
        {
            forecast[expert] = loads[expert];
            total += loads[expert];
        }

        if (accuracy >= 1 || total == 0)
        {
            return;
        }

        Dirichlet.Draw(random, Concentration, _noise);
        double distance = 0;
        for (int expert = 0; expert < loads.Length; expert++)
        {
            distance += Math.Abs((forecast[expert] / total) - _noise[expert]);
        }

        double blend = distance > 0 ? Math.Min(1, 2 * (1 - accuracy) / distance) : 0;
        for (int expert = 0; expert < loads.Length; expert++)
        {
            forecast[expert] = ((1 - blend) * forecast[expert]) + (blend * _noise[expert] * total);
        }
    }
}
