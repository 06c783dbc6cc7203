using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>
/// Measures at the start how long a device takes for one row of an expert (it reads the weights) and for many (it computes): the crossover
/// of split rules is where the two are equal. The experts are real ones, called through the transport, on the device of the first of them.
/// </summary>
public sealed class ExpertTimeProbe
{
    /// <summary>Most experts of one call.</summary>
    private const int MostExperts = 4;

    /// <summary>Most experts that are called at all: each may have to be loaded.</summary>
    private const int MostTouched = 12;

    /// <summary>Rows of an expert whose weights surely take less time to read than the rows to compute; whole tiles of the kernels.</summary>
    private const int ManyRows = 48;

    private const int Repetitions = 7;

    private readonly TimeProvider _clock;
    private readonly TimeSpan _budget;

    /// <param name="clock">Measures what a device does not report, and the budget.</param>
    /// <param name="budget">About how long to measure once the experts are loaded; null for 40 ms.</param>
    public ExpertTimeProbe(TimeProvider clock, TimeSpan? budget = null)
    {
        _clock = clock;
        _budget = budget ?? TimeSpan.FromMilliseconds(40);
    }

    /// <summary>A time model without measuring, for repeatable runs: two cores of a server of 2024, 40 GB/s and 400 GFLOP/s.</summary>
    /// <param name="expertBytes">Weights of one expert, bytes.</param>
    /// <param name="flopsPerToken">Operations of one token; a multiply-add counts as two.</param>
    public static TimeModel Assumed(long expertBytes, double flopsPerToken) =>
        TimeModel.Roofline(expertBytes, flopsPerToken, bytesPerSecond: 40e9, flopsPerSecond: 400e9, callSeconds: 20e-6);

    /// <summary>Measures an expert's time; nobody else may use the transport meanwhile.</summary>
    /// <param name="transport">The way to the devices.</param>
    /// <param name="table">Where the experts are.</param>
    /// <param name="layer">A layer with experts.</param>
    /// <param name="hiddenSize">Width of a row.</param>
    /// <returns>Null when no device answers, or one row takes longer than the budget.</returns>
    public TimeModel? Measure(IExpertTransport transport, RoutingTable table, int layer, int hiddenSize)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(table);
        if (table.Layer(layer).Count == 0)
        {
            return null;
        }

        using ProbeCall call = new(transport, table, layer, hiddenSize, MostExperts, ManyRows, _clock);
        try
        {
            return Measure(call);
        }
        catch (ProbeFailedException)
        {
            return null;
        }
    }

    private TimeModel? Measure(ProbeCall call)
    {
        TimeSpan share = _budget / 3;

        // The first run loads and compiles; the second says what can be afforded.
        call.Run(experts: 1, rows: 1);
        call.Rewind();
        double one = call.Run(experts: 1, rows: 1).ComputeSeconds;
        if (one > _budget.TotalSeconds)
        {
            return null;
        }

        int experts = Fits(share, 3 * one, Math.Min(MostExperts, call.Experts));
        call.Touch(experts, Fits(share, one, MostTouched));
        (one, double trip) = Median(call, share, experts: 1, rows: 1);
        double weights = experts == 1 ? one : (Median(call, share, experts, rows: 1).ComputeSeconds - one) / (experts - 1);

        // Assumes for now that a row computes in a twelfth of the time that its weights take.
        int rows = Fits(share, experts * weights / 12, ManyRows);
        double constant = Math.Max(0, trip - weights);
        double many = Median(call, share, experts, rows).ComputeSeconds - Math.Max(0, one - weights);
        double perToken = many / (experts * rows);
        return weights > 0 && perToken > 0 ? new TimeModel(TimeShape.Roofline, perToken, weights, constant) : null;
    }

    private static int Fits(TimeSpan time, double each, int most) =>
        each > 0 ? (int)Math.Clamp(time.TotalSeconds / each, 1, most) : most;

    /// <summary>The median of several runs; fewer when they take longer than their share of the budget.</summary>
    private ProbeTime Median(ProbeCall call, TimeSpan share, int experts, int rows)
    {
        List<ProbeTime> times = new(Repetitions);
        long start = _clock.GetTimestamp();
        do
        {
            times.Add(call.Run(experts, rows));
        }
        while (times.Count < Repetitions && _clock.GetElapsedTime(start) < share);

        int middle = times.Count / 2;
        return new ProbeTime(
            times.Select(time => time.ComputeSeconds).Order().ElementAt(middle),
            times.Select(time => time.TripSeconds).Order().ElementAt(middle));
    }
}
