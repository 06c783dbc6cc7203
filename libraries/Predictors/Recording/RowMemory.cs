using DaprMoE.Tensors;

namespace DaprMoE.Predictors;

/// <summary>Memory for a fixed number of rows, lent one by one. Pages are committed when they are first written.</summary>
internal sealed unsafe class RowMemory : IDisposable
{
    private readonly NativeBuffer _memory;
    private readonly int[] _free;
    private readonly int _rowBytes;

    public RowMemory(int rows, int rowBytes)
    {
        _rowBytes = rowBytes;
        _memory = new NativeBuffer((long)rows * rowBytes);
        _free = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            // The lowest row is lent first, so that the memory in use stays together.
            _free[row] = rows - 1 - row;
        }

        FreeRows = rows;
    }

    public int FreeRows { get; private set; }

    public int Lend() => _free[--FreeRows];

    public void Return(ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            _free[FreeRows++] = row;
        }
    }

    public Span<byte> Row(int row) => new(_memory.Pointer + ((long)row * _rowBytes), _rowBytes);

    public void Dispose() => _memory.Dispose();
}
