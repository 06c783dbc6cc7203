namespace DaprMoE.Tensors.Tests;

public unsafe class GatedSiluTests
{
    private const int Inputs = 45;

    public static TheoryData<DType, int, int> Cases() => new()
    {
        { DType.F32, 64, 1 }, { DType.F32, 41, 19 }, { DType.BF16, 41, 1 }, { DType.BF16, 96, 40 }, { DType.F16, 7, 13 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_GatedSilu_EqualsGateSiluTimesUp(DType type, int ffn, int rows)
    {
        using var gate = new TestMatrix(ffn, Inputs, type, seed: 1);
        using var up = new TestMatrix(ffn, Inputs, type, seed: 2);
        using var both = new NativeBuffer(2 * gate.Packed.ByteLength);
        MatrixPacker.PackGateUp(gate.Stored, up.Stored, type, ffn, Inputs, new Span<byte>(both.Pointer, (int)both.Length));
        var weights = new PackedMatrix((nint)both.Pointer, 2 * gate.Packed.Panels * PackedMatrix.PanelWidth, Inputs, type);
        var x = Samples.Floats(rows * Inputs, seed: 3);
        var bias = Samples.Floats(weights.Outputs, seed: 4);

        foreach (var width in Enum.GetValues<VectorWidth>())
        {
            using var pool = new WorkerPool(2);
            using var matMul = new MatMul(pool, rows * Inputs, width);
            BitAssert.Equal(Composed(gate, up, x, rows, ffn, null), Fused(matMul, x, weights, rows, ffn, null), $"{width}");
            BitAssert.Equal(Composed(gate, up, x, rows, ffn, bias), Fused(matMul, x, weights, rows, ffn, bias), $"{width}, bias");
        }
    }

    private static float[] Fused(MatMul matMul, float[] x, PackedMatrix weights, int rows, int ffn, float[]? bias)
    {
        var y = new float[rows * ffn];
        fixed (float* input = x, output = y, b = bias)
        {
            matMul.Run([new MatMulTask
            {
                Input = input,
                InputStride = Inputs,
                Rows = rows,
                Weights = weights,
                Output = output,
                OutputStride = ffn,
                Columns = ffn,
                Bias = b,
                Activation = MatMulActivation.GatedSilu,
            }]);
        }

        return y;
    }

    private static float[] Composed(TestMatrix gate, TestMatrix up, float[] x, int rows, int ffn, float[]? bias)
    {
        var gates = ReferenceProduct.Multiply(x, gate.Values, rows, ffn, Inputs);
        var ups = ReferenceProduct.Multiply(x, up.Values, rows, ffn, Inputs);
        for (var i = 0; bias is not null && i < gates.Length; i++)
        {
            var column = i % ffn;
            gates[i] += bias[(column / 32 * 64) + (column % 32)];
            ups[i] += bias[(column / 32 * 64) + 32 + (column % 32)];
        }

        fixed (float* g = gates, u = ups)
        {
            VectorMath.For(VectorWidth.Bits128).SiluMultiply(g, u, g, gates.Length);
        }

        return gates;
    }
}
