using DaprMoE.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace DaprMoE.Torch;

/// <summary>One worker's tensors for a tile, allocated once.</summary>
internal sealed unsafe class TileScratch : IDisposable
{
    private readonly NativeBuffer _rows;

    /// <param name="type">The format that is computed in.</param>
    /// <param name="hidden">Width H of a row.</param>
    /// <param name="ffn">The largest width F of a gated product.</param>
    public TileScratch(DType type, int hidden, int ffn)
    {
        try
        {
            _rows = new NativeBuffer((long)RowTiles.MostRows * hidden * sizeof(float));
            Rows = ForeignMemory.Matrix(_rows.Pointer, DType.F32, RowTiles.MostRows, hidden);
            Input = type == DType.F32 ? Rows.alias() : torch.empty(RowTiles.MostRows, hidden, dtype: type.ToTorch());
            Gate = torch.empty((long)RowTiles.MostRows * ffn, dtype: type.ToTorch());
            Up = torch.empty((long)RowTiles.MostRows * ffn, dtype: type.ToTorch());
            Output = type == DType.F32 ? null : torch.empty(RowTiles.MostRows, hidden, dtype: type.ToTorch());
        }
        catch
        {
            // Memory may end in the middle.
            Dispose();
            throw;
        }
    }

    /// <summary>Where the tile's rows are gathered, [rows, H].</summary>
    public float* RowValues => _rows.Floats;

    /// <summary><see cref="RowValues"/> as a tensor.</summary>
    public Tensor Rows { get; }

    /// <summary>The rows in the format that is computed in; the same memory as <see cref="Rows"/> where that is f32.</summary>
    public Tensor Input { get; }

    /// <summary>Room for the gate's product, in a row.</summary>
    public Tensor Gate { get; }

    /// <summary>Room for up's product, in a row.</summary>
    public Tensor Up { get; }

    /// <summary>The result before it becomes f32; null where it is f32 from the start.</summary>
    public Tensor? Output { get; }

    public void Dispose()
    {
        Rows?.Dispose();
        Input?.Dispose();
        Gate?.Dispose();
        Up?.Dispose();
        Output?.Dispose();
        _rows?.Dispose();
    }
}
