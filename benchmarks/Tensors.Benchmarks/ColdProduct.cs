namespace DaprMoE.Tensors.Benchmarks;

/// <summary>A product whose weights come from memory: it walks through more matrices than any cache holds.</summary>
internal sealed unsafe class ColdProduct : IDisposable
{
    private const long WeightBytes = 512L << 20;

    private readonly NativeBuffer _weights = new(WeightBytes);
    private readonly NativeBuffer _input;
    private readonly NativeBuffer _output;
    private readonly MatMul _matMul;
    private readonly PackedMatrix[] _matrices;
    private readonly int _rows;
    private int _next;

    public ColdProduct(WorkerPool pool, DType type, int rows, int outputs, int inputs)
    {
        var bytes = PackedMatrix.BytesFor(outputs, inputs, type);
        _matrices = [.. Enumerable.Range(0, (int)(WeightBytes / bytes))
            .Select(i => new PackedMatrix((nint)(_weights.Pointer + (i * bytes)), outputs, inputs, type))];
        Fill(new Span<byte>(_weights.Pointer, (int)WeightBytes));
        _rows = rows;
        _input = new NativeBuffer((long)rows * inputs * sizeof(float));
        new Span<float>(_input.Floats, rows * inputs).Fill(0.5f);
        _output = new NativeBuffer((long)rows * outputs * sizeof(float));
        _matMul = new MatMul(pool, (long)rows * inputs);
        Operations = 2.0 * rows * outputs * inputs;
        Bytes = bytes;
    }

    public double Operations { get; }

    public double Bytes { get; }

    public void Run()
    {
        var weights = _matrices[_next];
        _next = (_next + 1) % _matrices.Length;
        _matMul.Run([new MatMulTask
        {
            Input = _input.Floats,
            InputStride = weights.Inputs,
            Rows = _rows,
            Weights = weights,
            Output = _output.Floats,
            OutputStride = weights.Outputs,
            Columns = weights.Outputs,
        }]);
    }

    public void Dispose()
    {
        _matMul.Dispose();
        _weights.Dispose();
        _input.Dispose();
        _output.Dispose();
    }

    /// <summary>Bytes that are ordinary numbers in every format.</summary>
    private static void Fill(Span<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(i % 2 == 0 ? (i >> 3) * 37 : 0x3c);
        }
    }
}
