using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.LightGbm;
using Microsoft.ML.Transforms;
using AffineParameters = Microsoft.ML.Transforms.NormalizingTransformer.AffineNormalizerModelParameters<
    System.Collections.Immutable.ImmutableArray<float>>;

namespace DaprMoE.LoadPredictor;

/// <summary>
/// Fits the regressions with ML.NET. The same rows and the same seed give the same model, bit for bit: each fit has its own context, and
/// LightGBM one thread, which besides is 14 to 40 times faster than its default on busy cores. A fit can't be stopped; its rows and
/// trees are bounded instead.
/// </summary>
internal sealed class RegressionTrainer(int seed)
{
    public const string Trees = "lightgbm";
    public const string Linear = "linear";

    private const int TreeCount = 60;
    private const int Leaves = 16;
    private const int LeastRowsOfALeaf = 50;

    public ITransformer Fit(string kind, TrainingRows rows) => kind switch
    {
        Trees => FitTrees(rows),
        Linear => FitLinear(rows),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, $"The regressions are {Trees} and {Linear}."),
    };

    /// <summary>Takes the numbers out of a model that was fitted here, now or before a restart.</summary>
    /// <exception cref="InvalidDataException">It is another kind of model.</exception>
    public static IRowScorer ScorerOf(ITransformer model)
    {
        ITransformer[] parts = model is IEnumerable<ITransformer> chain ? [.. chain] : [model];
        return (parts[^1] as ISingleFeaturePredictionTransformer<object>)?.Model switch
        {
            LightGbmRegressionModelParameters trees => new TreeScorer(trees),
            LinearRegressionModelParameters linear => LinearOf(parts, linear),
            _ => throw new InvalidDataException($"A {parts[^1].GetType().Name} is neither {Trees} nor {Linear}."),
        };
    }

    private static LinearScorer LinearOf(IEnumerable<ITransformer> parts, LinearRegressionModelParameters model)
    {
        NormalizingTransformer normaliser = parts.OfType<NormalizingTransformer>().Single();
        return new LinearScorer((AffineParameters)normaliser.GetNormalizerModelParameters(0), model);
    }

    private RegressionPredictionTransformer<LightGbmRegressionModelParameters> FitTrees(TrainingRows rows)
    {
        MLContext context = new(seed);
        return context.Regression.Trainers.LightGbm(new LightGbmRegressionTrainer.Options
        {
            LabelColumnName = TrainingRows.LabelColumn,
            FeatureColumnName = TrainingRows.FeaturesColumn,
            NumberOfThreads = 1,
            Seed = seed,
            Deterministic = true,
            NumberOfIterations = TreeCount,
            NumberOfLeaves = Leaves,
            MinimumExampleCountPerLeaf = LeastRowsOfALeaf,
        }).Fit(rows);
    }

    private TransformerChain<RegressionPredictionTransformer<LinearRegressionModelParameters>> FitLinear(TrainingRows rows)
    {
        MLContext context = new(seed);
        return context.Transforms.NormalizeMeanVariance(TrainingRows.FeaturesColumn, fixZero: false)
            .Append(context.Regression.Trainers.OnlineGradientDescent(new OnlineGradientDescentTrainer.Options
            {
                LabelColumnName = TrainingRows.LabelColumn,
                FeatureColumnName = TrainingRows.FeaturesColumn,
                LearningRate = 0.01f,
                NumberOfIterations = 2,
            }))
            .Fit(rows);
    }
}
