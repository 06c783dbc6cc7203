using DaprMoE.Predictors;
using DaprMoE.Scheduling;

namespace DaprMoE.Simulation.Tests;

/// <summary>Forecasts that were recorded with the routing.</summary>
public sealed class ReplayedForecastTests : IDisposable
{
    private const int Layers = 2;
    private const int Experts = 8;
    private const int Rows = 64;

    private readonly string _folder = Directory.CreateTempSubdirectory("forecasts").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_NamedForecast_IsPlayedWithItsIteration()
    {
        ReplayedRouting recording = ReplayedRouting.Read(Record(iterations: 3, "right", "wrong"), "wrong");
        IRouting routing = RoutingRegistry.Create(recording.Path, new RoutingSettings
        {
            Layers = Layers,
            Experts = Experts,
            TopK = 1,
            Seed = 1,
            Recording = recording,
        });
        Batch batch = new();

        Assert.True(routing.MoveNext(batch));
        Assert.Equal(Even(), routing.Forecast(1).ToArray());
        Assert.Equal(Rows, routing.Loads(1)[0]);
    }

    [Fact]
    public void Accuracy_IsThatOfTheForecastsThatAreRun()
    {
        string path = Record(iterations: 5, "right", "wrong");

        Assert.Equal(1, ReplayedRouting.Read(path, "right").AccuracyOf(Layers, history: 1));
        Assert.Equal(1.0 / Experts, ReplayedRouting.Read(path, "wrong").AccuracyOf(Layers, history: 1)!.Value, 1e-6);
        Assert.Null(ReplayedRouting.Read(path).AccuracyOf(Layers, history: 1));
    }

    [Theory]
    [InlineData("oracle", "has no forecasts of 'oracle'; it has right, wrong.")]
    [InlineData("", "has no forecasts of ''; it has right, wrong.")]
    public void Read_UnknownForecast_NamesThoseOfTheFile(string name, string why)
    {
        SimulationException refused = Assert.Throws<SimulationException>(() => ReplayedRouting.Read(Record(2, "right", "wrong"), name));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RecordingWithoutForecasts_SaysHowToRecordThem()
    {
        SimulationException refused = Assert.Throws<SimulationException>(() => ReplayedRouting.Read(Record(2), "right"));
        Assert.Contains("it has none. Record with `daprmoe record --routing FILE --predictors NAMES`.", refused.Message, StringComparison.Ordinal);
        Assert.Throws<SimulationException>(() => ReplayedRouting.Read(Path.Combine(_folder, "missing.jsonl"), "right"));
    }

    [Fact]
    public void Moeless_OfReplayedForecasts_PlansFromThemAndNotFromWhatCame()
    {
        string path = Record(iterations: 60, "right", "wrong");
        PolicyResult right = Run(ReplayedRouting.Read(path, "right"));
        PolicyResult perfect = Run(ReplayedRouting.Read(path), accuracy: 1);
        PolicyResult wrong = Run(ReplayedRouting.Read(path, "wrong"));

        // All tokens go to one expert: who knows it copies it, who expects them everywhere copies nothing.
        Assert.Equal(perfect.CopiesPerExpert, right.CopiesPerExpert);
        Assert.Equal(perfect.Layer.Mean, right.Layer.Mean);
        Assert.True(right.CopiesPerExpert > 1);
        Assert.Equal(1, wrong.CopiesPerExpert);
    }

    private static PolicyResult Run(ReplayedRouting recording, double accuracy = 0.5) => Simulator.Run(
        new SimulationSettings
        {
            Testbed = Testbeds.Find(Testbeds.Names[0]),
            Shape = ModelShapes.Find("mixtral-8x7b")! with { TopK = 1, Layers = Layers },
            Layers = Layers,
            Routing = recording.Path,
            Recording = recording,
            Iterations = int.MaxValue,
            ForecastAccuracy = accuracy,
            CopiesTakeTime = false,
            Policies = new PolicyOptions { Moeless = new MoelessOptions { MinTokens = 1 } },
        },
        "moeless",
        TestContext.Current.CancellationToken);

    private static float[] Even() => [.. Enumerable.Repeat((float)Rows / Experts, Experts)];

    private string Record(int iterations, params string[] predictors)
    {
        string path = Path.Combine(_folder, "routing.jsonl");
        RoutingHeader header = new(
            RoutingFormat.Name, RoutingFormat.Version, "model", [.. Enumerable.Range(0, Layers).Select(layer => new[] { layer, Experts, 1 })], 1, predictors);
        using RoutingWriter writer = new(path, header, maxBytes: 1 << 24);
        int[] loads = [Rows, .. new int[Experts - 1]];
        float[] right = Array.ConvertAll(loads, load => (float)load);
        for (int i = 0; i < iterations; i++)
        {
            writer.Write(new RoutingIteration(
                Rows,
                PromptRows: 0,
                [.. Enumerable.Repeat(loads, Layers)],
                [.. Enumerable.Repeat(new int[Rows], Layers)],
                predictors.ToDictionary(
                    name => name,
                    name => (IReadOnlyList<RoutingForecast>)[.. Enumerable.Repeat(
                        new RoutingForecast(ForecastBasis.SpeculativeGate, name == "right" ? right : Even()), Layers)])));
        }

        return path;
    }
}
