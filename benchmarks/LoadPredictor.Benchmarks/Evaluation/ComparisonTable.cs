using System.Globalization;

namespace DaprMoE.LoadPredictor.Benchmarks;

/// <summary>Writes comparisons as a Markdown table, mean ± standard deviation over seeds.</summary>
internal sealed class ComparisonTable(TextWriter writer, string first)
{
    private static readonly (string Name, Func<Comparison, double> Of)[] Columns =
    [
        ("`last`", one => one.Last),
        ("`moving-average` (4)", one => one.MovingAverage),
        ("mean of 8", one => one.MeanOfEight),
        ("smoothing, best in hindsight", one => one.Smoothing),
        ("regression, history alone", one => one.History),
        ("regression with the queue", one => one.Queue),
        ("true mix", one => one.TrueMix),
    ];

    public void Head()
    {
        string names = string.Join(" | ", Columns.Select(column => column.Name));
        writer.WriteLine($"| {first} | {names} | gain over the best smoother, points |");
        writer.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", Columns.Length + 2))}");
    }

    public void Row(string name, IReadOnlyList<Comparison> runs)
    {
        IEnumerable<string> cells = Columns.Select(column => Cell(runs, column.Of, "0.0000"));
        writer.WriteLine($"| {name} | {string.Join(" | ", cells)} | {Cell(runs, one => 100 * one.Gain, "0.00")} |");
        writer.Flush();
    }

    private static string Cell(IReadOnlyList<Comparison> runs, Func<Comparison, double> of, string format)
    {
        double mean = runs.Average(of);
        if (double.IsNaN(mean))
        {
            return "–";
        }

        double deviation = runs.Count < 2 ? 0 : Math.Sqrt(runs.Sum(run => Math.Pow(of(run) - mean, 2)) / (runs.Count - 1));
        return mean.ToString(format, CultureInfo.InvariantCulture) + " ± " + deviation.ToString(format, CultureInfo.InvariantCulture);
    }
}
