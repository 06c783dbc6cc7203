namespace DaprMoE.Simulation;

/// <summary>What is measured at each layer of each iteration.</summary>
internal sealed class LayerMeasures
{
    private double _bound;
    private double _copies;
    private double _maxOverMean;
    private double _cv;

    public Distribution Latency { get; } = new();

    public double MeanBound => Mean(_bound);

    public double MeanCopies => Mean(_copies);

    public double MeanMaxOverMean => Mean(_maxOverMean);

    public double MeanCv => Mean(_cv);

    /// <summary>Adds one layer.</summary>
    /// <param name="seconds">Its time, with what it waited for.</param>
    /// <param name="bound">The least lossless time, s.</param>
    /// <param name="replicasPerExpert">Replicas held, over experts.</param>
    /// <param name="deviceTokens">Tokens of each device.</param>
    public void Add(double seconds, double bound, double replicasPerExpert, ReadOnlySpan<double> deviceTokens)
    {
        Latency.Add(seconds);
        _bound += bound;
        _copies += replicasPerExpert;
        double sum = 0;
        double squares = 0;
        double most = 0;
        foreach (double tokens in deviceTokens)
        {
            sum += tokens;
            squares += tokens * tokens;
            most = Math.Max(most, tokens);
        }

        if (sum > 0)
        {
            double mean = sum / deviceTokens.Length;
            _maxOverMean += most / mean;
            _cv += Math.Sqrt(Math.Max(0, (squares / deviceTokens.Length) - (mean * mean))) / mean;
        }
    }

    private double Mean(double sum) => Latency.Count == 0 ? 0 : sum / Latency.Count;
}
