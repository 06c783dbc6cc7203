using System.Numerics;
using DaprMoE.Tensors;

namespace DaprMoE.Predictors;

/// <summary>max(0, x) and its gradient.</summary>
internal static unsafe class Rectifier
{
    public static void Apply(Span<float> values)
    {
        int i = 0;
        for (; i + Vector<float>.Count <= values.Length; i += Vector<float>.Count)
        {
            Vector.Max(new Vector<float>(values[i..]), Vector<float>.Zero).CopyTo(values[i..]);
        }

        for (; i < values.Length; i++)
        {
            values[i] = Math.Max(0, values[i]);
        }
    }

    /// <summary>Sets the gradients of a panel [rows, 32] to 0 where the values are not above 0.</summary>
    public static void Silence(float* gradients, float* values, nint valueStride, int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < PackedMatrix.PanelWidth; column++)
            {
                float* gradient = gradients + (row * PackedMatrix.PanelWidth) + column;
                *gradient = values[(row * valueStride) + column] > 0 ? *gradient : 0;
            }
        }
    }
}
