namespace DaprMoE.Tensors.Tests;

/// <summary>exp and silu against double precision, and bit for bit across widths.</summary>
public unsafe class ElementaryFunctionTests
{
    private const int Count = 200_003;

    [Fact]
    public void Exp_WholeRange_IsWithin1Point1Ulp()
    {
        // Down to the smallest normal result; below, units grow with the loss of precision.
        var x = Line(-87.3f, 88.7f);
        Assert.InRange(WorstUlp(x, Apply(VectorWidth.Bits512, x, silu: false), Math.Exp), 0.4, 1.1);
    }

    [Fact]
    public void Silu_WholeRange_IsWithin2Point5Ulp()
    {
        var x = Line(-87.3f, 88);
        Assert.InRange(WorstUlp(x, Apply(VectorWidth.Bits512, x, silu: true), value => value / (1 + Math.Exp(-value))), 0.4, 2.5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ExpAndSilu_AllWidths_SameBits(bool silu)
    {
        var x = Line(-120, 120);
        var expected = Apply(VectorWidth.Bits512, x, silu);
        BitAssert.Equal(expected, Apply(VectorWidth.Bits256, x, silu), "256");
        BitAssert.Equal(expected, Apply(VectorWidth.Bits128, x, silu), "128");
        BitAssert.Equal(expected, x.Select(value => Apply(VectorWidth.Bits512, [value], silu)[0]).ToArray(), "scalar");
    }

    [Fact]
    public void Exp_Extremes_AreExact()
    {
        float[] x = [float.NegativeInfinity, -104, -103.5f, 0, -0f, 89, float.PositiveInfinity, float.NaN];
        float[] expected = [0, 0, float.Epsilon, 1, 1, float.PositiveInfinity, float.PositiveInfinity, float.NaN];
        Assert.Equal(expected, Apply(VectorWidth.Bits128, x, silu: false));
    }

    private static float[] Line(float from, float to) =>
        [.. Enumerable.Range(0, Count).Select(i => from + ((to - from) * (i / (float)(Count - 1))))];

    private static float[] Apply(VectorWidth width, float[] x, bool silu)
    {
        var y = new float[x.Length];
        fixed (float* input = x, output = y)
        {
            if (silu)
            {
                VectorMath.For(width).Silu(input, output, x.Length);
            }
            else
            {
                VectorMath.For(width).Exp(input, output, x.Length);
            }
        }

        return y;
    }

    private static double WorstUlp(float[] x, float[] y, Func<double, double> exact) =>
        x.Zip(y, (input, output) => Ulps(exact(input), output)).Max();

    private static double Ulps(double expected, float actual) =>
        Math.Abs(actual - expected) / (MathF.BitIncrement((float)Math.Abs(expected)) - (float)Math.Abs(expected));
}
