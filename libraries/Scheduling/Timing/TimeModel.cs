namespace DaprMoE.Scheduling;

/// <summary>The time that a replica needs for its tokens.</summary>
/// <param name="Shape">Linear or roofline.</param>
/// <param name="SecondsPerToken">Compute time of one token (alpha), s.</param>
/// <param name="WeightSeconds">Time to read the expert's weights once (t_weights), s; unused when linear.</param>
/// <param name="CallSeconds">Constant of a call (c), s; unused when linear.</param>
public readonly record struct TimeModel(TimeShape Shape, double SecondsPerToken, double WeightSeconds, double CallSeconds)
{
    /// <summary>The roofline of an expert on a device whose limits are known.</summary>
    /// <param name="expertBytes">Weights that a replica reads, bytes.</param>
    /// <param name="flopsPerToken">Operations of one token; a multiply-add counts as two.</param>
    /// <param name="bytesPerSecond">Read bandwidth of the device's memory.</param>
    /// <param name="flopsPerSecond">What its kernels reach.</param>
    /// <param name="callSeconds">Constant of a call, s.</param>
    public static TimeModel Roofline(
        double expertBytes, double flopsPerToken, double bytesPerSecond, double flopsPerSecond, double callSeconds) =>
        new(TimeShape.Roofline, flopsPerToken / flopsPerSecond, expertBytes / bytesPerSecond, callSeconds);

    /// <summary>Tokens below which a replica's time is the reading of its weights; 0 when linear.</summary>
    public double Crossover => Shape == TimeShape.Roofline && SecondsPerToken > 0 ? WeightSeconds / SecondsPerToken : 0;

    /// <summary>The constant that a device pays once when it is called, s; 0 when linear.</summary>
    public double CallConstant => Shape == TimeShape.Roofline ? CallSeconds : 0;

    /// <summary>Time of a replica that is called alone, s; 0 without tokens.</summary>
    public double Replica(double tokens) => tokens > 0 ? Work(tokens) + CallConstant : 0;

    /// <summary>Time of a replica's work without the constant of the call, s; 0 without tokens.</summary>
    public double Work(double tokens)
    {
        if (!(tokens > 0))
        {
            return 0;
        }

        double compute = SecondsPerToken * tokens;
        return Shape == TimeShape.Linear ? compute : Math.Max(WeightSeconds, compute);
    }
}
