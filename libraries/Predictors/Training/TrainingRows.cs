using DaprMoE.Tensors;

namespace DaprMoE.Predictors;

/// <summary>Inputs [rows, H] of training, as floats.</summary>
internal sealed unsafe class TrainingRows : IDisposable
{
    private readonly NativeBuffer _memory;

    public TrainingRows(ReadOnlySpan<ushort> values, int width)
    {
        Width = width;
        Count = values.Length / width;
        _memory = new NativeBuffer((long)values.Length * sizeof(float));
        fixed (ushort* source = values)
        {
            VectorMath.Widen(DType.BF16, (byte*)source, _memory.Floats, values.Length);
        }
    }

    public int Width { get; }

    public int Count { get; }

    public float* Pointer => _memory.Floats;

    public void Dispose() => _memory.Dispose();
}
