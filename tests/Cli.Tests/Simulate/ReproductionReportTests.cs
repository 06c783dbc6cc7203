using System.Text.RegularExpressions;
using DaprMoE.Predictors;

namespace DaprMoE.Cli.Tests;

public sealed partial class ReproductionReportTests
{
    /// <summary>Columns that say what a row is about; all others hold numbers.</summary>
    private static readonly string[] Keys =
        ["headline", "paper", "under", "time", "overlap", "Zipf", "tokens", "model", "work", "forecast", "who is billed for what", "mix"];

    /// <summary>
    /// The committed report is what the command writes, but for the numbers, which take it a minute: they are computed here for one layer,
    /// one seed and few iterations, and compared as numbers only.
    /// </summary>
    [Fact]
    public async Task Report_Committed_HasTheFormThatTheCommandWrites()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Experiments small = new(_ => { }, cancellation) { SeedsPerCell = 1, LayersPerCell = 1, MostIterations = 2 };

        string written = new ReproductionReport(small, await RecordAsync(cancellation), cancellation).Text(trace: null);

        string committed = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "reproduction.md"), cancellation);
        Assert.Equal(Form(committed), Form(written));
        Assert.Contains("| # | # |", Form(written), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("prefill")]
    [InlineData("decode")]
    public void Figure_OfReport_IsCommitted(string kind) =>
        Assert.True(File.Exists(Path.Combine(Repository.Root, "docs", "figures", $"reproduction-{kind}.svg")));

    /// <summary>Recordings of few prompts, with predictors that have hardly learned.</summary>
    private static async Task<IReadOnlyList<RecordedMix>> RecordAsync(CancellationToken cancellation)
    {
        using StringWriter nowhere = new();
        using Interrupts interrupts = new(code => throw new InvalidOperationException($"exit {code}"));
        CommandEnvironment environment = new()
        {
            Terminal = Terminals.Of(nowhere, nowhere),
            Interrupts = interrupts,
            Clock = TimeProvider.System,
            WorkingDirectory = Repository.Root,
            Root = Repository.Root,
            Variable = _ => null,
            NewSeed = () => 7,
        };
        using ProgressLine progress = new(environment.Terminal, environment.Clock);
        RecordedTraffic traffic = new(environment, progress, cancellation)
        {
            MostPrompts = 120,
            Training = new PredictorTrainingOptions { Distances = [1], MlpSeeds = 1, MlpUnits = 32, MlpEpochs = 1, GateEpochs = 1 },
        };
        return await traffic.RecordAsync();
    }

    private static string Form(string report)
    {
        string[] columns = [];
        string[] lines = report.Split('\n');
        for (int line = 0; line < lines.Length; line++)
        {
            if (!lines[line].StartsWith('|'))
            {
                columns = [];
                continue;
            }

            string[] cells = [.. lines[line].Split('|').Select(cell => cell.Trim())];
            columns = columns.Length == 0 ? cells : columns;
            lines[line] = string.Join(" | ", cells.Select((cell, column) => Form(cell, columns[column]))).Trim();
        }

        return string.Join('\n', lines);
    }

    private static string Form(string cell, string column) =>
        Keys.Contains(column) || cell == column || cell == "---" ? cell : Number().Replace(cell, "#");

    [GeneratedRegex(@"([+−]?\d[\d.,]*( ± \d[\d.]*)?( %)?)|–|∞|NaN")]
    private static partial Regex Number();
}
