namespace DaprMoE.Tensors.Tests;

/// <summary>Every number of rows, width, thread count and format gives the bits of the scalar chain.</summary>
public unsafe class MatMulBitTests
{
    private static readonly int[] AllRows = [.. Enumerable.Range(1, 40), 64, 511, 512];
    private static readonly int[] FewRows = [1, 2, 3, 12, 29];

    public static TheoryData<DType, int, int> Shapes()
    {
        var data = new TheoryData<DType, int, int>();
        foreach (var type in Enum.GetValues<DType>())
        {
            data.Add(type, 101, 77);
            data.Add(type, 37, 1027);
            data.Add(type, 1, 3);
            data.Add(type, 1024, 1024);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Run_AllRowCountsWidthsAndThreads_EqualTheScalarChain(DType type, int outputs, int inputs)
    {
        var rowCounts = outputs == 1024 ? FewRows : AllRows;
        var most = rowCounts[^1];
        using var matrix = new TestMatrix(outputs, inputs, type);
        var x = Samples.Floats(most * inputs, seed: 2);
        var expected = ReferenceProduct.Multiply(x, matrix.Values, most, outputs, inputs);
        for (var workers = 1; workers <= 3; workers++)
        {
            using var pool = new WorkerPool(workers);
            foreach (var width in Enum.GetValues<VectorWidth>())
            {
                using var matMul = new MatMul(pool, (long)most * inputs, width);
                foreach (var rows in rowCounts)
                {
                    var y = Multiply(matMul, x, matrix.Packed, rows);
                    BitAssert.Equal(expected.AsSpan(0, rows * outputs), y, $"{rows} rows, {width}, {workers} workers");
                }
            }
        }
    }

    private static float[] Multiply(MatMul matMul, float[] x, PackedMatrix weights, int rows)
    {
        var y = new float[rows * weights.Outputs];
        fixed (float* input = x, output = y)
        {
            matMul.Run([new MatMulTask
            {
                Input = input,
                InputStride = weights.Inputs,
                Rows = rows,
                Weights = weights,
                Output = output,
                OutputStride = weights.Outputs,
                Columns = weights.Outputs,
            }]);
        }

        return y;
    }
}
