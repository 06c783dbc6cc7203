using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Inference;

/// <summary>Cosine and sine of every rotary pair at every position of the context, attention factor included.</summary>
internal sealed unsafe class RopeTable : IDisposable
{
    private readonly NativeBuffer _buffer;
    private readonly int _pairs;

    public RopeTable(RopeDescription rope, int positions)
    {
        _pairs = rope.Frequencies.Count;
        _buffer = new NativeBuffer((long)positions * _pairs * 2 * sizeof(float));
        for (int position = 0; position < positions; position++)
        {
            float* cosine = Cosine(position);
            float* sine = Sine(position);
            for (int i = 0; i < _pairs; i++)
            {
                (double sin, double cos) = Math.SinCos(position * rope.Frequencies[i]);
                cosine[i] = (float)(cos * rope.AttentionFactor);
                sine[i] = (float)(sin * rope.AttentionFactor);
            }
        }
    }

    /// <summary>Cosines of a position, d/2 values.</summary>
    public float* Cosine(int position) => _buffer.Floats + ((long)position * _pairs * 2);

    /// <summary>Sines of a position, d/2 values.</summary>
    public float* Sine(int position) => Cosine(position) + _pairs;

    public void Dispose() => _buffer.Dispose();
}
