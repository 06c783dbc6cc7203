using System.Numerics;
using DaprMoE.Tensors;

namespace DaprMoE.Predictors;

/// <summary>Adam (Kingma and Ba, 2015) with β 0.9 and 0.999. Each parameter's arithmetic is its own, so vector widths do not matter.</summary>
internal sealed unsafe class Adam(int length) : IDisposable
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private const float Epsilon = 1e-8f;

    private readonly NativeBuffer _first = new((long)length * sizeof(float));
    private readonly NativeBuffer _second = new((long)length * sizeof(float));
    private int _steps;

    /// <summary>Moves the parameters against their gradients.</summary>
    public void Step(float* parameters, float* gradients, double rate)
    {
        _steps++;
        float size = (float)(rate / (1 - Math.Pow(Beta1, _steps)));
        float correction = (float)(1 / (1 - Math.Pow(Beta2, _steps)));
        Span<float> p = new(parameters, length);
        Span<float> g = new(gradients, length);
        Span<float> m = new(_first.Floats, length);
        Span<float> v = new(_second.Floats, length);

        // Lengths are multiples of 32, which every vector divides.
        for (int i = 0; i < length; i += Vector<float>.Count)
        {
            Vector<float> gradient = new(g[i..]);
            Vector<float> first = (new Vector<float>(m[i..]) * Beta1) + (gradient * (1 - Beta1));
            Vector<float> second = (new Vector<float>(v[i..]) * Beta2) + (gradient * gradient * (1 - Beta2));
            first.CopyTo(m[i..]);
            second.CopyTo(v[i..]);
            Vector<float> step = first * size / (Vector.SquareRoot(second * correction) + new Vector<float>(Epsilon));
            (new Vector<float>(p[i..]) - step).CopyTo(p[i..]);
        }
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }
}
