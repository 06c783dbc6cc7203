using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DaprMoE.Predictors;

/// <summary>Reads recorded routing, line by line.</summary>
public static class RoutingReader
{
    /// <summary>Reads the header.</summary>
    /// <exception cref="PredictorException">The file does not begin with a header of this format.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static RoutingHeader ReadHeader(string path)
    {
        RoutingHeader? header = Parse(File.ReadLines(path).FirstOrDefault() ?? "", RoutingJson.Default.RoutingHeader);
        return header is { Format: RoutingFormat.Name, Version: RoutingFormat.Version, Layers.Count: > 0 }
            && header.Layers.All(layer => layer is [>= 0, >= 1, >= 1])
                ? header
                : throw new PredictorException(
                    $"{path} does not begin with a header of {RoutingFormat.Name}, version {RoutingFormat.Version}; record it with `daprmoe record --routing`.");
    }

    /// <summary>Reads the iterations, one at a time.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="PredictorException">A line does not fit the header; the message names it.</exception>
    public static IEnumerable<RoutingIteration> ReadIterations(string path)
    {
        RoutingHeader header = ReadHeader(path);
        int line = 1;
        foreach (string text in File.ReadLines(path).Skip(1))
        {
            line++;
            RoutingIteration? iteration = Parse(text, RoutingJson.Default.RoutingIteration);
            yield return iteration is not null && Fits(iteration, header) ? iteration : throw new PredictorException(
                $"{path}:{line} is no iteration of the {header.Layers.Count} layers that the header names; record again with `daprmoe record --routing`.");
        }
    }

    private static bool Fits(RoutingIteration iteration, RoutingHeader header)
    {
        int layers = header.Layers.Count;
        bool complete = iteration.Rows > 0 && iteration.PromptRows >= 0 && iteration.PromptRows <= iteration.Rows
            && iteration.Loads.Count == layers && iteration.Choices.Count == layers
            && header.Predictors.All(name => iteration.Forecasts.TryGetValue(name, out IReadOnlyList<RoutingForecast>? f) && f.Count == layers);
        return complete && Enumerable.Range(0, layers).All(index =>
        {
            (int experts, int topK) = (header.Layers[index][1], header.Layers[index][2]);
            return iteration.Loads[index].Length == experts
                && iteration.Choices[index].Length == iteration.Rows * topK
                && iteration.Choices[index].All(expert => expert >= 0 && expert < experts)
                && header.Predictors.All(name => iteration.Forecasts[name][index].Loads.Length == experts);
        });
    }

    private static T? Parse<T>(string text, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(text, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
