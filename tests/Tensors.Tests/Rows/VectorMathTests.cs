namespace DaprMoE.Tensors.Tests;

public unsafe class VectorMathTests
{
    private static readonly int[] Lengths = [1, 2, 15, 16, 17, 31, 64, 100, 1027];

    public static TheoryData<VectorWidth> Widths() => [.. Enum.GetValues<VectorWidth>()];

    [Theory]
    [MemberData(nameof(Widths))]
    public void RmsNorm_AnyLength_HasTheFixedOrder(VectorWidth width)
    {
        foreach (var n in Lengths)
        {
            var x = Samples.Floats(n, seed: 1);
            var weight = Samples.Floats(n, seed: 2);
            var y = new float[n];
            fixed (float* input = x, w = weight, output = y)
            {
                VectorMath.For(width).RmsNorm(input, w, 1e-5f, output, n);
            }

            var sums = new float[16];
            for (var i = 0; i < n; i++)
            {
                sums[i % 16] = MathF.FusedMultiplyAdd(x[i], x[i], sums[i % 16]);
            }

            var factor = 1 / MathF.Sqrt((Tree(sums) / n) + 1e-5f);
            BitAssert.Equal(x.Zip(weight, (value, w) => value * factor * w).ToArray(), y, $"{n} values, {width}");
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Softmax_AnyLength_HasTheFixedOrderAndAddsUpToOne(VectorWidth width)
    {
        foreach (var n in Lengths)
        {
            var x = Enumerable.Range(0, n).Select(i => MathF.Sin(i) * 20).ToArray();
            var y = new float[n];
            var e = x.Select(value => value - x.Max()).ToArray();
            fixed (float* input = x, output = y, exponentials = e)
            {
                VectorMath.For(width).Softmax(input, output, n);
                VectorMath.For(VectorWidth.Bits128).Exp(exponentials, exponentials, n);
            }

            var sums = new float[16];
            for (var i = 0; i < n; i++)
            {
                sums[i % 16] += e[i];
            }

            var sum = Tree(sums);
            BitAssert.Equal(e.Select(value => value / sum).ToArray(), y, $"{n} values, {width}");
            Assert.Equal(1, y.Sum(value => (double)value), 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Rotate_AnyHeadSize_RotatesHalves(VectorWidth width)
    {
        foreach (var d in (int[])[2, 6, 20, 64, 80, 256])
        {
            var x = Samples.Floats(d, seed: 3);
            var cos = Enumerable.Range(0, d / 2).Select(i => MathF.Cos(i)).ToArray();
            var sin = Enumerable.Range(0, d / 2).Select(i => MathF.Sin(i)).ToArray();
            var y = x.ToArray();
            fixed (float* head = y, c = cos, s = sin)
            {
                VectorMath.For(width).Rotate(head, c, s, d);
            }

            var half = d / 2;
            var low = Enumerable.Range(0, half).Select(i => MathF.FusedMultiplyAdd(x[i], cos[i], 0 - (x[i + half] * sin[i])));
            var high = Enumerable.Range(0, half).Select(i => MathF.FusedMultiplyAdd(x[i + half], cos[i], x[i] * sin[i]));
            BitAssert.Equal([.. low, .. high], y, $"{d}, {width}");
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void AddScaleSiluMultiply_AnyLength_ActPerElement(VectorWidth width)
    {
        var math = VectorMath.For(width);
        foreach (var n in Lengths)
        {
            var (a, b) = (Samples.Floats(n, seed: 4), Samples.Floats(n, seed: 5));
            var (sum, scaled, silu, product) = (a.ToArray(), a.ToArray(), new float[n], new float[n]);
            fixed (float* x = a, y = b, s = sum, f = scaled, g = silu, p = product)
            {
                math.Add(s, y, n);
                math.Scale(f, 0.3f, n);
                math.Silu(x, g, n);
                math.SiluMultiply(x, y, p, n);
            }

            BitAssert.Equal(a.Zip(b, (x, y) => x + y).ToArray(), sum, "sum");
            BitAssert.Equal(a.Select(x => x * 0.3f).ToArray(), scaled, "scaled");
            BitAssert.Equal(silu.Zip(b, (x, y) => x * y).ToArray(), product, "silu times up");
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void ArgMax_Ties_FirstOfTheLargest(VectorWidth width)
    {
        foreach (var (n, places) in new (int, int[])[] { (1, [0]), (5, [3]), (40, [39]), (3000, [1024, 1025, 2999]), (3000, [1023, 1024]) })
        {
            var x = Enumerable.Range(0, n).Select(i => MathF.Sin(i) - 9).ToArray();
            Array.ForEach(places, place => x[place] = -1);
            fixed (float* values = x)
            {
                Assert.Equal(places[0], VectorMath.For(width).ArgMax(values, n));
            }
        }
    }

    [Fact]
    public void ArgMax_NaN_IsPassedOver()
    {
        var x = stackalloc float[3] { float.NaN, 1, float.NaN };
        Assert.Equal(1, VectorMath.Best.ArgMax(x, 3));
        Assert.Equal(0, VectorMath.Best.ArgMax(x, 1));
        Assert.Equal(0, VectorMath.Best.ArgMax(x, 0));
    }

    [Theory]
    [InlineData(DType.F32)]
    [InlineData(DType.BF16)]
    [InlineData(DType.F16)]
    public void Widen_EveryPattern_IsExact(DType type)
    {
        var bytes = new byte[65_535 * type.Size()];
        for (var i = 0; i < 65_535; i++)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(i * type.Size()), (ushort)i);
        }

        var widened = new float[65_535];
        fixed (byte* source = bytes)
        fixed (float* destination = widened)
        {
            VectorMath.Widen(type, source, destination, widened.Length);
        }

        // NaN as a class: hardware may quieten it.
        Assert.Equal(Samples.Decode(bytes, type), widened);
        Assert.Equal(float.IsNegative(Samples.Decode(bytes, type)[32_768]), float.IsNegative(widened[32_768]));
    }

    private static float Tree(float[] lanes) => lanes.Length == 1
        ? lanes[0]
        : Tree([.. lanes[..(lanes.Length / 2)].Zip(lanes[(lanes.Length / 2)..], (a, b) => a + b)]);
}
