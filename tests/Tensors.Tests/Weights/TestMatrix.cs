namespace DaprMoE.Tensors.Tests;

/// <summary>A random weight matrix, packed, with the numbers it stands for.</summary>
internal sealed unsafe class TestMatrix : IDisposable
{
    private readonly NativeBuffer _buffer;

    public TestMatrix(int outputs, int inputs, DType type, int seed = 1)
    {
        Stored = Samples.Encode(Samples.Floats(outputs * inputs, seed), type);
        Values = Samples.Decode(Stored, type);
        _buffer = new NativeBuffer(PackedMatrix.BytesFor(outputs, inputs, type));
        MatrixPacker.Pack(Stored, type, outputs, inputs, new Span<byte>(_buffer.Pointer, (int)_buffer.Length));
        Packed = new PackedMatrix((nint)_buffer.Pointer, outputs, inputs, type);
    }

    public byte[] Stored { get; }

    /// <summary>[outputs, inputs].</summary>
    public float[] Values { get; }

    public PackedMatrix Packed { get; }

    public void Dispose() => _buffer.Dispose();
}
