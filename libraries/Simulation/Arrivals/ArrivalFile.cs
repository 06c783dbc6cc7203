using System.Globalization;

namespace DaprMoE.Simulation;

/// <summary>Reads arrivals in the columns of Azure's traces: <c>TIMESTAMP,ContextTokens,GeneratedTokens</c>.</summary>
internal static class ArrivalFile
{
    private const string Header = "TIMESTAMP,ContextTokens,GeneratedTokens";

    // Far above what is traced, and sums over many requests can still be counted.
    private const int MostTokens = 1_000_000;

    public static List<RequestArrival> Read(string path, double seconds)
    {
        if (!File.Exists(path))
        {
            throw new SimulationException(
                $"There is no file of arrivals '{path}'; --arrivals may be poisson:RATE or the path of a .csv file.");
        }

        List<RequestArrival> arrivals = [];
        DateTime? start = null;
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
                Add(arrivals, ref start, text, $"{path}:{line}");
            }
        }

        arrivals.RemoveAll(arrival => arrival.Seconds >= seconds);
        return arrivals.Count > 0 ? arrivals : throw new SimulationException($"{path} has no arrivals in the first {seconds} seconds.");
    }

    private static void Add(List<RequestArrival> arrivals, ref DateTime? start, string text, string where)
    {
        string[] fields = text.Split(',');
        if (fields.Length != 3
            || !DateTime.TryParse(fields[0], CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time)
            || !long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out long prompt)
            || !long.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out long generated))
        {
            throw new SimulationException($"{where} is not a time and two whole numbers ({Header}).");
        }

        start ??= time;
        double at = (time - start.Value).TotalSeconds;
        if (arrivals.Count > 0 && at < arrivals[^1].Seconds)
        {
            throw new SimulationException($"{where} is earlier than the line before; arrivals come in order of time.");
        }

        arrivals.Add(new RequestArrival(at, Tokens("ContextTokens", prompt, where), Tokens("GeneratedTokens", generated, where)));
    }

    private static int Tokens(string column, long tokens, string where) => tokens <= MostTokens
        ? Math.Max(1, (int)tokens)
        : throw new SimulationException(
            $"{where}: {column} is {tokens}; it may be 0 to {MostTokens}. Leave the line out, or divide the request.");

    private static void RequireHeader(string path, string text)
    {
        if (text.Trim() != Header)
        {
            throw new SimulationException($"{path}:1 is not the header {Header}.");
        }
    }
}
