using System.Globalization;
using System.Text.Json;
using DaprMoE.Predictors;

namespace DaprMoE.Simulation;

/// <summary>
/// Reads the loads of recorded routing. <c>.csv</c> has the columns <c>iteration,layer,expert,tokens</c>, and what
/// is left out is zero; <c>.jsonl</c> has one object per iteration: <c>{"loads": [[tokens of layer 0's experts], …]}</c>, after a header where
/// <c>daprmoe record --routing</c> wrote it.
/// </summary>
internal static class RoutingFile
{
    private const string Header = "iteration,layer,expert,tokens";
    private const int MostIndex = 1_000_000;

    public static List<RecordedIteration> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new SimulationException($"There is no routing or file '{path}'; it may be {string.Join(", ", RoutingRegistry.Names)}, "
                + "or the path of recorded routing, .csv or .jsonl.");
        }

        List<RecordedIteration> iterations = Path.GetExtension(path) switch
        {
            ".csv" => ReadCsv(path),
            ".jsonl" => ReadJsonLines(path),
            _ => throw new SimulationException($"{path} is neither .csv nor .jsonl, which recorded routing may be."),
        };
        return iterations.Count > 0 ? iterations : throw new SimulationException($"{path} records no iteration.");
    }

    private static List<RecordedIteration> ReadJsonLines(string path)
    {
        List<RecordedIteration> iterations = [];
        int line = 0;
        foreach (string text in File.ReadLines(path))
        {
            line++;
            if (text.Length == 0 || (line == 1 && IsHeader(text)))
            {
                continue;
            }

            RecordedIteration next = Parse(text) ?? throw Malformed(path, line, "{\"loads\": [[tokens, …], …]} with tokens of 0 or more");
            if (iterations.Count > 0 && !SameShape(iterations[0].Loads, next.Loads))
            {
                throw Malformed(
                    path, line, $"{iterations[0].Loads.Length} layers of {iterations[0].Loads[0].Length} experts, as in the first line");
            }

            iterations.Add(next);
        }

        return iterations;
    }

    private static bool IsHeader(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.TryGetProperty("format", out JsonElement format) && format.ValueEquals(RoutingFormat.Name);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static RecordedIteration? Parse(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            int[][] loads = [.. document.RootElement.GetProperty("loads").EnumerateArray()
                .Select(layer => layer.EnumerateArray().Select(load => load.GetInt32()).ToArray())];
            bool isSound = loads.Length > 0 && loads[0].Length > 0 && SameShape(loads, loads)
                && loads.All(layer => layer.All(load => load >= 0));
            int prompts = document.RootElement.TryGetProperty("prompt_rows", out JsonElement rows) ? rows.GetInt32() : 0;
            return isSound && prompts >= 0 ? new RecordedIteration(loads, prompts) : null;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException
            or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static bool SameShape(int[][] one, int[][] other) =>
        one.Length == other.Length && other.All(layer => layer.Length == one[0].Length);

    private static List<RecordedIteration> ReadCsv(string path)
    {
        List<(int Iteration, int Layer, int Expert, int Tokens)> rows = [];
        int line = 0;
        foreach (string text in File.ReadLines(path))
        {
            line++;
            if (line == 1)
            {
                RequireHeader(path, text);
            }
            else if (text.Length > 0)
            {
                rows.Add(ParseRow(text) ?? throw Malformed(path, line, "four whole numbers of 0 or more, indices below a million"));
            }
        }

        return rows.Count == 0 ? [] : Fill(rows);
    }

    private static void RequireHeader(string path, string text)
    {
        if (text.Trim() != Header)
        {
            throw Malformed(path, 1, $"the header {Header}");
        }
    }

    private static (int Iteration, int Layer, int Expert, int Tokens)? ParseRow(string text)
    {
        string[] fields = text.Split(',');
        Span<int> numbers = stackalloc int[4];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (fields.Length != numbers.Length
                || !int.TryParse(fields[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return null;
            }
        }

        return numbers[0] < MostIndex && numbers[1] < MostIndex && numbers[2] < MostIndex
            ? (numbers[0], numbers[1], numbers[2], numbers[3])
            : null;
    }

    private static List<RecordedIteration> Fill(List<(int Iteration, int Layer, int Expert, int Tokens)> rows)
    {
        int layers = rows.Max(row => row.Layer) + 1;
        int experts = rows.Max(row => row.Expert) + 1;
        List<RecordedIteration> iterations = [.. Enumerable.Range(0, rows.Max(row => row.Iteration) + 1)
            .Select(_ => new RecordedIteration([.. Enumerable.Range(0, layers).Select(_ => new int[experts])]))];
        foreach ((int iteration, int layer, int expert, int tokens) in rows)
        {
            iterations[iteration].Loads[layer][expert] += tokens;
        }

        return iterations;
    }

    private static SimulationException Malformed(string path, int line, string expected) => new($"{path}:{line} is not {expected}.");
}
