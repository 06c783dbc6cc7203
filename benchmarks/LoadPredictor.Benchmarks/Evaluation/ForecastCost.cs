using System.Diagnostics;
using System.Globalization;
using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor.Benchmarks;

/// <summary>Time of a forecast and of a fit, by the size of the model.</summary>
internal static class ForecastCost
{
    private const int Windows = 200;
    private const int Repeats = 15;

    public static void Write(TextWriter writer)
    {
        writer.WriteLine(
            "| layers x experts | candidate | forecast ms, fastest | median | processor ms | fit of all candidates s | processor s |");
        writer.WriteLine("|---|---|---|---|---|---|---|");
        foreach (LayerShape shape in (LayerShape[])[new(6, 16), new(24, 64), new(58, 256)])
        {
            LoadSeries series = SeriesOf(shape);
            long start = Stopwatch.GetTimestamp();
            TimeSpan used = Environment.CpuUsage.TotalTime;
            FitOutcome outcome = new CandidateFitter(new FitSettings()).Fit(series);
            double fit = Stopwatch.GetElapsedTime(start).TotalSeconds;
            double fitUsed = (Environment.CpuUsage.TotalTime - used).TotalSeconds;
            foreach (ILoadCandidate candidate in outcome.Scores.Select(score => score.Candidate))
            {
                (double fastest, double median, double processor) = Time(candidate, series);
                writer.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {shape.Layers} x {shape.Experts} | {candidate.Name} | {fastest:0.00} | {median:0.00} | {processor:0.00} "
                    + $"| {fit:0.00} | {fitUsed:0.00} |"));
            }
        }
    }

    private static (double Fastest, double Median, double Processor) Time(ILoadCandidate candidate, LoadSeries series)
    {
        float[] loads = new float[series.Shape.Count];
        candidate.Forecast(series, series.Next, loads);
        TimeSpan used = Environment.CpuUsage.TotalTime;
        double[] times = [.. Enumerable.Range(0, Repeats).Select(_ =>
        {
            long start = Stopwatch.GetTimestamp();
            candidate.Forecast(series, series.Next, loads);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }).Order()];
        return (times[0], times[Repeats / 2], (Environment.CpuUsage.TotalTime - used).TotalMilliseconds / Repeats);
    }

    /// <summary>Loads that wander and are announced with noise; their values do not matter for the time.</summary>
    private static LoadSeries SeriesOf(LayerShape shape)
    {
        Random random = new(1);
        LoadSeries series = new(shape, 256);
        int[] loads = [.. Enumerable.Range(0, shape.Count).Select(_ => random.Next(100, 1000))];
        for (int window = 0; window < Windows; window++)
        {
            loads = [.. loads.Select(load => Math.Max(1, load + random.Next(-50, 51)))];
            series.Add(RoutedLoads.Window(window, loads, shape, [.. loads.Select(load => load * (0.8f + (0.4f * random.NextSingle())))]));
        }

        return series;
    }
}
