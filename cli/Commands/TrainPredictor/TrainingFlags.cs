using System.CommandLine;
using System.Globalization;
using DaprMoE.Predictors;

namespace DaprMoE.Cli;

/// <summary>How predictors are trained.</summary>
internal sealed class TrainingFlags
{
    private const int MostDistance = 8;

    private static readonly PredictorTrainingOptions Defaults = new();

    private readonly Option<string?> _distances = new("--distances")
    {
        Description = $"Layers ahead to train for, separated by commas (1 to {MostDistance} each); the default is "
            + string.Join(',', Defaults.Distances),
        HelpName = "N,N",
    };

    private readonly Option<double?> _trainBelow = NumberOption.Create(
        "--train-below", 0.0, 1.0,
        "Tune a copied gate whose held-out hit rate on generated tokens is below this (h); the default is "
            + Defaults.TrainBelow.ToString("0.00", CultureInfo.InvariantCulture));

    private readonly Option<int?> _mlpSeeds = NumberOption.Create(
        "--mlp-seeds", 0, 9, $"Two-layer networks per pair of layers, each from a start of its own; the default is {Defaults.MlpSeeds}");

    private readonly Option<int?> _seed =
        NumberOption.Create("--seed", 0, int.MaxValue, "The same seed gives the same predictors; the default is 0");

    private readonly Option<string?> _leaveOut = new("--leave-out")
    {
        Description = "Train without the prompts of this topic, and report on them.",
        HelpName = "TOPIC",
    };

    private readonly Option<int?> _newest = NumberOption.Create(
        "--newest", 0, 1_000_000,
        $"So many of the newest prompts count {Defaults.NewestWeight} times; with --leave-out, so many prompts of the topic are trained on "
            + "after all");

    public void AddTo(Command command)
    {
        command.Options.Add(_distances);
        command.Options.Add(_trainBelow);
        command.Options.Add(_mlpSeeds);
        command.Options.Add(_seed);
        command.Options.Add(_leaveOut);
        command.Options.Add(_newest);
    }

    public IEnumerable<string> Faults(ParseResult arguments)
    {
        if (arguments.GetValue(_distances) is { } text && Distances(text) is null)
        {
            yield return $"--distances is {text}; it may be numbers from 1 to {MostDistance}, separated by commas.";
        }
    }

    public PredictorTrainingOptions Read(ParseResult arguments) => Defaults with
    {
        Distances = arguments.GetValue(_distances) is { } text ? Distances(text)! : Defaults.Distances,
        TrainBelow = arguments.GetValue(_trainBelow) ?? Defaults.TrainBelow,
        MlpSeeds = arguments.GetValue(_mlpSeeds) ?? Defaults.MlpSeeds,
        Seed = arguments.GetValue(_seed) ?? Defaults.Seed,
        LeaveOut = arguments.GetValue(_leaveOut),
        NewestPrompts = arguments.GetValue(_newest) ?? Defaults.NewestPrompts,
    };

    private static int[]? Distances(string text)
    {
        List<int> distances = [];
        foreach (string part in text.Split(','))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int distance) || distance is < 1 or > MostDistance)
            {
                return null;
            }

            distances.Add(distance);
        }

        return [.. distances.Distinct().Order()];
    }
}
