namespace DaprMoE.Tensors.Tests;

/// <summary>What tasks can ask for beyond the plain product.</summary>
public sealed unsafe class MatMulTaskTests : IDisposable
{
    private const int Inputs = 45;

    private readonly WorkerPool _pool = new(2);
    private readonly MatMul _matMul;

    public MatMulTaskTests() => _matMul = new MatMul(_pool, 100 * Inputs);

    public void Dispose()
    {
        _matMul.Dispose();
        _pool.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(40)]
    public void Run_RowIndex_GathersInputRows(int rows)
    {
        using var matrix = new TestMatrix(50, Inputs, DType.BF16);
        var x = Samples.Floats(9 * Inputs, seed: 3);
        var index = Enumerable.Range(0, rows).Select(i => (i * 5 + 2) % 9).ToArray();
        var gathered = index.SelectMany(row => x[(row * Inputs)..((row + 1) * Inputs)]).ToArray();
        var y = new float[rows * 50];
        fixed (float* input = x, output = y)
        fixed (int* rowIndex = index)
        {
            _matMul.Run([Plain(input, matrix.Packed, rows, output) with { RowIndex = rowIndex }]);
        }

        BitAssert.Equal(ReferenceProduct.Multiply(gathered, matrix.Values, rows, 50, Inputs), y, "gathered");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(14)]
    public void Run_Bias_IsAddedAfterTheSum(int rows)
    {
        using var matrix = new TestMatrix(70, Inputs, DType.F32);
        var x = Samples.Floats(rows * Inputs, seed: 4);
        var bias = Samples.Floats(70, seed: 5);
        var y = new float[rows * 70];
        fixed (float* input = x, output = y, b = bias)
        {
            _matMul.Run([Plain(input, matrix.Packed, rows, output) with { Bias = b }]);
        }

        var expected = ReferenceProduct.Multiply(x, matrix.Values, rows, 70, Inputs);
        BitAssert.Equal(expected.Select((value, i) => value + bias[i % 70]).ToArray(), y, "biased");
    }

    [Fact]
    public void Run_StridedRows_LeavesTheGapsAlone()
    {
        using var matrix = new TestMatrix(33, Inputs, DType.F16);
        var x = Samples.Floats(5 * 50, seed: 6);
        var y = new float[5 * 40];
        Array.Fill(y, -7f);
        fixed (float* input = x, output = y)
        {
            _matMul.Run([Plain(input, matrix.Packed, 5, output) with { InputStride = 50, OutputStride = 40 }]);
        }

        var dense = Enumerable.Range(0, 5).SelectMany(row => x.Skip(row * 50).Take(Inputs)).ToArray();
        var expected = ReferenceProduct.Multiply(dense, matrix.Values, 5, 33, Inputs);
        for (var row = 0; row < 5; row++)
        {
            BitAssert.Equal(expected.AsSpan(row * 33, 33), y.AsSpan(row * 40, 33), $"row {row}");
            Assert.All(y[((row * 40) + 33)..((row + 1) * 40)], gap => Assert.Equal(-7f, gap));
        }
    }

    [Fact]
    public void Run_ManyTasksOfAllSizes_EachAsAlone()
    {
        using var wide = new TestMatrix(200, Inputs, DType.BF16, seed: 7);
        using var narrow = new TestMatrix(3, Inputs, DType.F32, seed: 8);
        var x = Samples.Floats(30 * Inputs, seed: 9);
        var y = new float[(30 * 200) + (30 * 3) + 200 + (2 * 3)];
        fixed (float* input = x, output = y)
        {
            var second = output + (30 * 200);
            _matMul.Run([
                Plain(input, wide.Packed, 30, output),
                Plain(input, narrow.Packed, 30, second),
                Plain(input, wide.Packed, 0, null),
                Plain(input, wide.Packed, -1, null),
                Plain(input + Inputs, wide.Packed, 1, second + (30 * 3)),
                Plain(input, narrow.Packed, 2, second + (30 * 3) + 200)]);
        }

        var expectedWide = ReferenceProduct.Multiply(x, wide.Values, 30, 200, Inputs);
        var expectedNarrow = ReferenceProduct.Multiply(x, narrow.Values, 30, 3, Inputs);
        float[] expected = [.. expectedWide, .. expectedNarrow, .. expectedWide[200..400], .. expectedNarrow[..6]];
        BitAssert.Equal(expected, y, "all tasks");
    }

    [Fact]
    public void Run_MoreColumnsThanOutputs_NamesBoth()
    {
        using var matrix = new TestMatrix(33, Inputs, DType.F32);
        var error = Assert.Throws<ArgumentException>(() =>
            _matMul.Run([Plain(null, matrix.Packed, 1, null) with { Columns = 65 }]));
        Assert.Contains("65 columns", error.Message, StringComparison.Ordinal);
        Assert.Contains("33 outputs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MoreRowsThanCanBePacked_SaysHowMany()
    {
        using var matrix = new TestMatrix(33, Inputs, DType.F32);
        var error = Assert.Throws<ArgumentException>(() => _matMul.Run([Plain(null, matrix.Packed, 101, null)]));
        Assert.Contains("4545 floats", error.Message, StringComparison.Ordinal);
        Assert.Contains("4500", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Repeated_AllocatesNothing()
    {
        using var matrix = new TestMatrix(64, Inputs, DType.BF16);
        var x = new float[20 * Inputs];
        var y = new float[20 * 64];
        fixed (float* input = x, output = y)
        {
            MatMulTask[] tasks = [Plain(input, matrix.Packed, 20, output), Plain(input, matrix.Packed, 1, output)];
            _matMul.Run(tasks);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                _matMul.Run(tasks);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    private static MatMulTask Plain(float* input, PackedMatrix weights, int rows, float* output) => new()
    {
        Input = input,
        InputStride = weights.Inputs,
        Rows = rows,
        Weights = weights,
        Output = output,
        OutputStride = weights.Outputs,
        Columns = weights.Outputs,
    };
}
