using DaprMoE.Scheduling;
using DaprMoE.Simulation;

namespace DaprMoE.Cli;

/// <summary>Writes the comparison with the MoEless paper: its headline numbers, what is obtained, and what that hangs on.</summary>
internal sealed class ReproductionReport
{
    private const string Template = "DaprMoE.Cli.Reproduction.md";

    private readonly Experiments _experiments;
    private readonly IReadOnlyList<RecordedMix> _recorded;
    private readonly CancellationToken _cancellationToken;

    public ReproductionReport(Experiments experiments, IReadOnlyList<RecordedMix> recorded, CancellationToken cancellationToken)
    {
        _experiments = experiments;
        _recorded = recorded;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Writes the report and the figures beside it.</summary>
    /// <param name="path">The Markdown file.</param>
    /// <param name="trace">A trace of arrivals, or null.</param>
    public void Write(string path, string? trace)
    {
        string folder = Path.GetDirectoryName(path)!;
        string figures = Path.Combine(folder, "figures");
        Directory.CreateDirectory(figures);
        WriteFigure(Path.Combine(figures, "reproduction-prefill.svg"), Experiments.Prefill);
        WriteFigure(Path.Combine(figures, "reproduction-decode.svg"), "8");
        File.WriteAllText(path, Text(trace));
    }

    /// <summary>The report.</summary>
    /// <param name="trace">A trace of arrivals, or null.</param>
    public string Text(string? trace)
    {
        string text = ReadTemplate();
        foreach ((string name, string value) in Values(trace))
        {
            text = text.Replace("{{" + name + "}}", value, StringComparison.Ordinal);
        }

        if (text.Contains("{{", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("The report's template names a value that nobody computes.");
        }

        return text;
    }

    private IEnumerable<(string Name, string Value)> Values(string? trace)
    {
        HeadlineLatency latency = new(_experiments);
        CostMeters cost = new(_experiments);
        PolicyCells cells = new(_experiments);
        MixedBills bills = new(_experiments);
        yield return ("eplb-samples", $"{PolicyDefaults.EplbHistorySamples}");
        yield return ("auto-samples", $"{PolicyDefaults.AutoHistorySamples}");
        yield return ("headlines", new Headlines(latency, cost).Table());
        yield return ("latency", latency.Table());
        yield return ("meters", cost.Table());
        yield return ("policies", cells.Latency("mix", "8", "64", "512", Experiments.Prefill));
        yield return ("memory", cells.Memory("8", "64", Experiments.Prefill));
        yield return ("mixed", bills.Table(Experiments.Mixed));
        yield return ("prefill", bills.Table(Experiments.Prefill));
        yield return ("slots", cells.Latency("slots", "8", "64", Experiments.Prefill));
        yield return ("recorded", new RecordedCells(_recorded, _experiments.LayersPerCell, _cancellationToken).Table());
        yield return ("trace", trace is null
            ? "No trace was given when this file was made: add `--arrivals FILE.csv` to the command above.\n"
            : new TraceRows(_cancellationToken).Table(trace));
    }

    private void WriteFigure(string path, string tokens)
    {
        SimulationSettings cell = Experiments.Cell("64x6", tokens);
        CdfFigure.Write(path, ".svg", $"64x6, {tokens} tokens, Zipf 1.0, roofline, forecasts of 80 %", [.. _experiments.Run(cell).Values]);
    }

    private static string ReadTemplate()
    {
        using Stream stream = typeof(ReproductionReport).Assembly.GetManifestResourceStream(Template)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
