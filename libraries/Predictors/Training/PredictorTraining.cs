using DaprMoE.Models;

namespace DaprMoE.Predictors;

/// <summary>Trains all predictors of a model from a recording.</summary>
public sealed class PredictorTraining
{
    private readonly PackedModel _model;
    private readonly RecordingParts _parts;
    private readonly PredictorTrainingOptions _options;
    private readonly IProgress<double>? _progress;
    private readonly CancellationToken _cancellation;
    private int _done;

    private PredictorTraining(
        PackedModel model, Recording recording, PredictorTrainingOptions options, IProgress<double>? progress,
        CancellationToken cancellation)
    {
        _model = model;
        _options = options;
        _progress = progress;
        _cancellation = cancellation;
        _parts = new RecordingParts(recording, PromptSplit.Of(recording, options), options.NewestWeight);
    }

    /// <summary>Trains and measures. The same recording and options give the same predictors.</summary>
    /// <param name="model">The model that was recorded.</param>
    /// <param name="recording">The recording.</param>
    /// <param name="options">How to train.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Ends training.</param>
    /// <exception cref="PredictorException">The recording is of another model, or has too few prompts.</exception>
    public static PredictorSet Run(
        PackedModel model, Recording recording, PredictorTrainingOptions? options = null, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(recording);
        MoeShape shape = MoeShape.Of(model);
        if (recording.Shape.Fingerprint != shape.Fingerprint)
        {
            throw new PredictorException(
                $"The recording is of the model {recording.Shape.Fingerprint}, this one is {shape.Fingerprint}; "
                + "record this one with `daprmoe record`.");
        }

        return new PredictorTraining(model, recording, options ?? new PredictorTrainingOptions(), progress, cancellationToken).Run(shape);
    }

    private PredictorSet Run(MoeShape shape)
    {
        LayerPair[] pairs = [.. LayerPair.All(shape.Layers.Count, _options.Distances)];
        (PairPredictors Predictors, LayerReport Report)[] fitted = new (PairPredictors, LayerReport)[pairs.Length];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = _options.Threads, CancellationToken = _cancellation };
        double steps = pairs.Length * PairFitting.Steps(_options);
        void Count() => _progress?.Report(Interlocked.Increment(ref _done) / steps);
        PairFitting fitting = new(_model, _parts, _options, Count, _cancellation);
        Parallel.For(0, pairs.Length, parallel, i => fitted[i] = fitting.Fit(pairs[i]));

        (TokenTable table, List<LayerReport> tableReports) = new TokenTableFitting(_parts).Fit();
        PromptSplit split = _parts.Split;
        PredictorReport report = new(
            split.Train.Count, split.EarlyStop.Count, split.Test.Count, split.Train.Sum(prompt => prompt.Tokens), _options.LeaveOut,
            split.Newest.Count,
            [.. tableReports, .. fitted.Select(pair => pair.Report)]);
        return new PredictorSet(shape, [.. fitted.Select(pair => pair.Predictors)], table, report);
    }
}
