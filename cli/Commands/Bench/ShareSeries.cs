namespace DaprMoE.Cli;

/// <summary>A share of a machine's limit: several triples of probe, run, probe, each giving one share.</summary>
/// <param name="Median">The figure.</param>
/// <param name="Least">The smallest share of the series.</param>
/// <param name="Most">The largest.</param>
/// <param name="LimitPerSecond">The median of the probes: operations or bytes.</param>
/// <param name="Triples">Triples of a series; one alone has no band.</param>
/// <param name="Attempts">Series measured until the band was narrow enough.</param>
internal sealed record ShareSeries(double Median, double Least, double Most, double LimitPerSecond, int Triples, int Attempts)
{
    /// <summary>The widest band that counts as conclusive, to either side.</summary>
    public const double WidestBand = 0.10;

    private const int MostAttempts = 5;

    /// <summary>Largest distance from the median, as a share of it.</summary>
    public double Band => Math.Max(Most - Median, Median - Least) / Median;

    public bool IsConclusive => Triples > 1 && Band <= WidestBand;

    /// <summary>Measures series until one is conclusive, at most five; the last one counts. One triple is never conclusive.</summary>
    /// <param name="triples">Triples of a series.</param>
    /// <param name="probe">The machine's limit, per second.</param>
    /// <param name="run">What the run reached, per second, in the probe's unit.</param>
    public static ShareSeries Measure(int triples, Func<double> probe, Func<double> run)
    {
        for (int attempt = 1; ; attempt++)
        {
            ShareSeries series = MeasureOnce(triples, probe, run, attempt);
            if (series.IsConclusive || triples == 1 || attempt == MostAttempts)
            {
                return series;
            }
        }
    }

    private static ShareSeries MeasureOnce(int triples, Func<double> probe, Func<double> run, int attempt)
    {
        double[] shares = new double[triples];
        double[] limits = new double[triples];
        for (int i = 0; i < triples; i++)
        {
            double before = probe();
            double reached = run();
            limits[i] = (before + probe()) / 2;
            shares[i] = reached / limits[i];
        }

        Array.Sort(shares);
        Array.Sort(limits);
        return new ShareSeries(shares[triples / 2], shares[0], shares[^1], limits[triples / 2], triples, attempt);
    }
}
