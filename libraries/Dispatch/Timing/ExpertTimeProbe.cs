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

    private const int Repetitions = 15;

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
        (one, double trip) = Fastest(call, share, experts: 1, rows: 1);
        double weights = Weights(call, share, experts, one);
        double constant = Math.Max(0, trip - weights);

        // Assumes for now that a row computes in a twelfth of the time that its weights take.
        int rows = Fits(share, weights / 12, ManyRows);
        double many = Fastest(call, share, experts: 1, rows).ComputeSeconds - Math.Max(0, one - weights);
        double perToken = many / rows;
        return weights > 0 && perToken > 0 ? new TimeModel(TimeShape.Roofline, perToken, weights, constant) : null;
    }

    /// <summary>What each further expert of a call adds; never more than a whole call of one, whatever held up the larger calls.</summary>
    private double Weights(ProbeCall call, TimeSpan share, int experts, double one)
    {
        double added = experts == 1 ? one : (Fastest(call, share, experts, rows: 1).ComputeSeconds - one) / (experts - 1);
        return added > 0 && added < one ? added : one;
    }

    private static int Fits(TimeSpan time, double each, int most) =>
        each > 0 ? (int)Math.Clamp(time.TotalSeconds / each, 1, most) : most;

    /// <summary>The fastest of several runs, since whatever else the machine does only adds; fewer when their share of the budget is over.</summary>
    private ProbeTime Fastest(ProbeCall call, TimeSpan share, int experts, int rows)
    {
        ProbeTime fastest = call.Run(experts, rows);
        long start = _clock.GetTimestamp();
        for (int run = 1; run < Repetitions && _clock.GetElapsedTime(start) < share; run++)
        {
            ProbeTime time = call.Run(experts, rows);
            fastest = new ProbeTime(
                Math.Min(fastest.ComputeSeconds, time.ComputeSeconds), Math.Min(fastest.TripSeconds, time.TripSeconds));
        }

        return fastest;
    }
}
