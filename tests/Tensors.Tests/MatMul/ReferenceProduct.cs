namespace DaprMoE.Tensors.Tests;

/// <summary>The rule in its plainest form: one chain of fused multiply-adds per output.</summary>
internal static class ReferenceProduct
{
    /// <summary>x [rows, inputs] times w [outputs, inputs], as [rows, outputs].</summary>
    public static float[] Multiply(float[] x, float[] w, int rows, int outputs, int inputs)
    {
        var y = new float[rows * outputs];
        for (var row = 0; row < rows; row++)
        {
            for (var output = 0; output < outputs; output++)
            {
                y[(row * outputs) + output] = Chain(x.AsSpan(row * inputs, inputs), w.AsSpan(output * inputs, inputs));
            }
        }

        return y;
    }

    private static float Chain(ReadOnlySpan<float> x, ReadOnlySpan<float> w)
    {
        var sum = 0f;
        for (var k = 0; k < x.Length; k++)
        {
            sum = MathF.FusedMultiplyAdd(x[k], w[k], sum);
        }

        return sum;
    }
}
