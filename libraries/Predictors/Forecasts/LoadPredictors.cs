using System.Collections.Frozen;

namespace DaprMoE.Predictors;

/// <summary>The predictors by name. A new one is a class beside this file and one line here.</summary>
public static class LoadPredictors
{
    private static readonly FrozenDictionary<string, Func<LoadPredictorSetup, ILoadPredictor>> ByName =
        new Dictionary<string, Func<LoadPredictorSetup, ILoadPredictor>>(StringComparer.Ordinal)
        {
            [PredictorNames.SpeculativeGate] = setup => Gates(setup),
            [PredictorNames.SpeculativeMlp] = setup => Mlp(setup, Trained(setup, PredictorNames.SpeculativeMlp)),
            [PredictorNames.Speculative] = setup => Best(setup, Trained(setup, PredictorNames.Speculative)),
            [PredictorNames.TokenTable] = setup => new TokenTablePredictor(setup.Shape, Trained(setup, PredictorNames.TokenTable).Table),
            [PredictorNames.Last] = setup => new HistoryPredictor(PredictorNames.Last, setup.Shape, window: 1),
            [PredictorNames.MovingAverage] = setup =>
                new HistoryPredictor(PredictorNames.MovingAverage, setup.Shape, LayerHistories.Window),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All names, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Makes the predictor of this name.</summary>
    /// <exception cref="PredictorException">No predictor has this name, or it has to be trained first.</exception>
    public static ILoadPredictor Create(string name, LoadPredictorSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return ByName.TryGetValue(name, out Func<LoadPredictorSetup, ILoadPredictor>? create)
            ? create(setup)
            : throw new PredictorException($"There is no predictor '{name}'; there are {string.Join(", ", Names)}.");
    }

    private static NetworkPredictor Gates(LoadPredictorSetup setup) =>
        new(PredictorNames.SpeculativeGate, setup, pair => Gate(setup, pair));

    private static NetworkPredictor Mlp(LoadPredictorSetup setup, PredictorSet trained) => new(
        PredictorNames.SpeculativeMlp, setup, pair => ChosenNetwork.OfMlp(trained.Find(pair.Source, pair.Target)?.Mlp));

    private static NetworkPredictor Best(LoadPredictorSetup setup, PredictorSet trained) => new(
        PredictorNames.Speculative, setup, pair =>
        {
            PairPredictors? predictors = trained.Find(pair.Source, pair.Target);
            return predictors?.Best switch
            {
                PredictorNames.SpeculativeGate => ChosenNetwork.OfGate(predictors.Gate),
                PredictorNames.SpeculativeMlp => ChosenNetwork.OfMlp(predictors.Mlp),
                _ => null,
            };
        });

    private static ChosenNetwork? Gate(LoadPredictorSetup setup, LayerPair pair)
    {
        if (setup.Trained?.Find(pair.Source, pair.Target) is { } predictors)
        {
            return ChosenNetwork.OfGate(predictors.Gate);
        }

        MoeShape shape = setup.Shape;
        NetworkWeights copy = GateCopy.Folded(setup.Model, shape.Layers[pair.Source].Layer, shape.Layers[pair.Target].Layer);
        return new ChosenNetwork(copy, LoadForm.Counts, ForecastBasis.UntrainedCopy);
    }

    private static PredictorSet Trained(LoadPredictorSetup setup, string name) => setup.Trained ?? throw new PredictorException(
        $"The predictor '{name}' has to be trained for this model first: run `daprmoe train-predictor`. "
        + $"{PredictorNames.SpeculativeGate}, {PredictorNames.Last} and {PredictorNames.MovingAverage} work without.");
}
