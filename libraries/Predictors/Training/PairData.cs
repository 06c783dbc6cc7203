using DaprMoE.Models;

namespace DaprMoE.Predictors;

/// <summary>Rows and targets of one pair of layers.</summary>
internal sealed class PairData : IDisposable
{
    private readonly RecordingParts _parts;

    public PairData(PackedModel model, RecordingParts parts, LayerPair pair)
    {
        _parts = parts;
        Recording recording = parts.Recording;
        Target = recording.Shape.Layers[pair.Target];
        SourceLayer = recording.Shape.Layers[pair.Source].Layer;
        Actual = recording.Data.Choices[pair.Target];
        Inputs = new TrainingRows(recording.Data.GateInputs[pair.Source], recording.Shape.HiddenSize);
        using TrainingRows own = new(recording.Data.GateInputs[pair.Target], recording.Shape.HiddenSize);
        FullTargets = GateTargets.Full(model, Target.Layer, own);
        EvenTargets = GateTargets.Even(Actual, Target.Experts, Target.TopK);
    }

    public MoeLayerShape Target { get; }

    public int SourceLayer { get; }

    /// <summary>Experts that were really chosen, [rows, k].</summary>
    public ushort[] Actual { get; }

    public TrainingRows Inputs { get; }

    /// <summary>The softmax of the target's gate.</summary>
    public float[] FullTargets { get; }

    /// <summary>1/k for each chosen expert.</summary>
    public float[] EvenTargets { get; }

    /// <summary>Measures a network, with the form of its loads that the early-stop prompts prefer.</summary>
    public Candidate Measure(string name, NetworkWeights weights)
    {
        RowForecast forecast = RowForecasting.Of(weights, Inputs, Target.TopK, _parts.HeldOutRows);
        ForecastMeasures counts = _parts.EarlyStop.Measure(forecast, LoadForm.Counts, Actual);
        ForecastMeasures soft = _parts.EarlyStop.Measure(forecast, LoadForm.Soft, Actual);
        bool preferSoft = Candidate.Score(soft) > Candidate.Score(counts);
        LoadForm form = preferSoft ? LoadForm.Soft : LoadForm.Counts;
        return new Candidate(name, weights, form, preferSoft ? soft : counts, _parts.Test.Measure(forecast, form, Actual));
    }

    public void Dispose() => Inputs.Dispose();
}
