using System.Globalization;
using DaprMoE.Scheduling;

namespace DaprMoE.Simulation.Tests;

/// <summary>The same choices through a server's dispatcher on emulated devices and, as recorded loads, through the simulator.</summary>
public sealed class StaticParityTests
{
    private const int Rows = 32;
    private const int Iterations = 12;

    /// <summary>The bundled model with experts of Mixtral's size.</summary>
    private static readonly ModelShape Shape = ModelShapes.Find("mixtral-8x7b")!.Cut(6) with { Experts = 16, TopK = 4 };

    [Theory]
    [InlineData(24, false)]
    [InlineData(20, true)]
    [InlineData(12, true)]
    public void Static_SameChoices_SameTimeLoadsAndColdStarts(int slots, bool isShort)
    {
        Testbed testbed = DeviceProfiles.Find("a6000", devices: 4)! with { DeviceMemory = Shape.NonExpertBytes + (slots * Shape.ExpertBytes) };
        int[][][] choices = Choices();
        using EmulatedRun live = new(Path.Combine(Fixtures.Root, "models", "tiny-moe"), Shape, testbed, Rows);
        foreach (int[][] iteration in choices)
        {
            for (int layer = 0; layer < Shape.Layers; layer++)
            {
                live.Layer(layer, iteration[layer]);
            }
        }

        List<ResidencyTransition> transitions = [];
        PolicyResult simulated = Simulate(testbed, choices, transitions.Add);
        Assert.Equal(simulated.Seconds, live.Seconds);
        Assert.Equal((simulated.WeightCopies, simulated.ColdStarts), (live.Loads, live.ColdStarts));
        Assert.Equal(isShort, live.Loads > 0);
        Assert.Equal(Ordered(transitions), Ordered(live.Transitions));
    }

    private static PolicyResult Simulate(Testbed testbed, int[][][] choices, Action<ResidencyTransition> watch)
    {
        SimulationSettings settings = new()
        {
            Testbed = testbed,
            Shape = Shape,
            Layers = Shape.Layers,
            Tokens = BatchSchedule.Parse(Rows.ToString(CultureInfo.InvariantCulture)),
            Iterations = Iterations,
            KeepAlive = TimeSpan.Zero,
            Watch = watch,
        };
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jsonl");
        try
        {
            string[] lines = [.. choices.Select(Line)];
            File.WriteAllLines(file, [.. Enumerable.Repeat(lines[0], settings.HistoryIterations), .. lines]);
            return Cells.Run(settings with { Routing = file }, "static");
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Loads and evictions, by device: those of several devices at one time have no order. Deployment is left out.</summary>
    private static string[] Ordered(List<ResidencyTransition> transitions) =>
    [
        .. transitions.Where(it => it.TimeUs > 0 && it.MemoryEvent is not null).OrderBy(it => it.Device)
            .Select(it => string.Create(CultureInfo.InvariantCulture, $"{it.TimeUs} {it.Device} {it.Replica} {it.From} {it.To} {it.Reason}")),
    ];

    private static string Line(int[][] layers) => $"{{\"loads\": [{string.Join(", ", layers.Select(Loads))}]}}";

    private static string Loads(int[] experts) =>
        $"[{string.Join(", ", Enumerable.Range(0, Shape.Experts).Select(expert => experts.Count(chosen => chosen == expert)))}]";

    /// <summary>For each iteration and layer the chosen experts, [t, k], some experts far more often than others.</summary>
    private static int[][][] Choices()
    {
        uint state = 7;
        return [.. Enumerable.Range(0, Iterations).Select(_ => Enumerable.Range(0, Shape.Layers).Select(Layer).ToArray())];

        int[] Layer(int layer) => [.. Enumerable.Range(0, Rows).SelectMany(_ => Row())];

        IEnumerable<int> Row()
        {
            HashSet<int> chosen = [];
            while (chosen.Count < Shape.TopK)
            {
                state = (state * 1664525) + 1013904223;
                double draw = (state >> 8) / (double)(1 << 24);
                chosen.Add((int)(Shape.Experts * draw * draw * draw));
            }

            return chosen;
        }
    }
}
