using Microsoft.ML.Trainers;
using AffineParameters = Microsoft.ML.Transforms.NormalizingTransformer.AffineNormalizerModelParameters<
    System.Collections.Immutable.ImmutableArray<float>>;

namespace DaprMoE.LoadPredictor;

/// <summary>A linear model behind a normaliser: weights of (x − offset) · scale.</summary>
internal sealed class LinearScorer : IRowScorer
{
    /// <summary>
    /// Standard deviations beyond which a feature counts no more: one that hardly varied in training has a scale that would turn a small
    /// change into a huge one.
    /// </summary>
    private const float Farthest = 20;

    private readonly float[] _offset;
    private readonly float[] _scale;
    private readonly float[] _weights;
    private readonly float _bias;

    public LinearScorer(AffineParameters normaliser, LinearModelParameters model)
    {
        _weights = [.. model.Weights];
        _scale = [.. normaliser.Scale];
        _offset = normaliser.Offset.IsDefaultOrEmpty ? new float[_weights.Length] : [.. normaliser.Offset];
        _bias = model.Bias;
    }

    public float Score(ReadOnlySpan<float> row)
    {
        float score = _bias;
        for (int i = 0; i < _weights.Length; i++)
        {
            score += _weights[i] * Math.Clamp((row[i] - _offset[i]) * _scale[i], -Farthest, Farthest);
        }

        return score;
    }
}
