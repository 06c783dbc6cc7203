using DaprMoE.Predictors;
using DaprMoE.Scheduling;

namespace DaprMoE.Simulation;

/// <summary>Recorded routing, read once, with the forecasts of one predictor.</summary>
public sealed class ReplayedRouting
{
    private ReplayedRouting(string path, string? forecast, IReadOnlyList<RecordedIteration> iterations)
    {
        (Path, Forecast, Iterations) = (path, forecast, iterations);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The predictor whose forecasts are replayed; null where plans are made from what came, mixed with noise.</summary>
    public string? Forecast { get; }

    internal IReadOnlyList<RecordedIteration> Iterations { get; }

    /// <summary>Reads a recording.</summary>
    /// <param name="path">A <c>.csv</c> or <c>.jsonl</c> file.</param>
    /// <param name="forecast">A predictor whose forecasts are in the file; null for loads alone.</param>
    /// <exception cref="SimulationException">The file is missing or malformed, or has no such forecasts; the message names those it has.</exception>
    public static ReplayedRouting Read(string path, string? forecast = null)
    {
        if (forecast is null)
        {
            return new ReplayedRouting(path, null, RoutingFile.Read(path));
        }

        try
        {
            RequireForecast(path, forecast);
            return new ReplayedRouting(path, forecast, [.. RoutingReader.ReadIterations(path).Select(iteration => Of(iteration, forecast))]);
        }
        catch (Exception exception) when (exception is PredictorException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SimulationException(exception.Message);
        }
    }

    /// <summary>Mean load accuracy of the forecasts over the layers and iterations that are run; null without forecasts.</summary>
    /// <param name="layers">Layers that are run.</param>
    /// <param name="history">Iterations before the run.</param>
    public double? AccuracyOf(int layers, int history) => Forecast is null
        ? null
        : Iterations.Skip(history).SelectMany(iteration => Enumerable.Range(0, layers).Select(layer => LoadAccuracy.Of(
            Array.ConvertAll(iteration.Forecasts![layer], load => (double)load),
            Array.ConvertAll(iteration.Loads[layer], load => (double)load)))).DefaultIfEmpty(double.NaN).Average();

    private static RecordedIteration Of(RoutingIteration iteration, string forecast) => new(
        [.. iteration.Loads], iteration.PromptRows, [.. iteration.Forecasts[forecast].Select(layer => layer.Loads)]);

    private static void RequireForecast(string path, string forecast)
    {
        IReadOnlyList<string> names = RoutingReader.ReadHeader(path).Predictors;
        if (!names.Contains(forecast))
        {
            throw new SimulationException(
                $"{path} has no forecasts of '{forecast}'; it has "
                + (names.Count == 0 ? "none. Record with `daprmoe record --routing FILE --predictors NAMES`." : $"{string.Join(", ", names)}."));
        }
    }
}
