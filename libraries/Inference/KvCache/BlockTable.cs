using DaprMoE.Tensors;

namespace DaprMoE.Inference;

/// <summary>The KV blocks of one sequence, by position: entry b holds positions 32b … 32b + 31. Its address never changes.</summary>
internal sealed unsafe class BlockTable : IDisposable
{
    private readonly KvPool _pool;
    private readonly NativeBuffer _blocks;

    public BlockTable(KvPool pool, int maxPositions)
    {
        _pool = pool;
        _blocks = new NativeBuffer(Math.Max(1, KvPool.BlocksFor(maxPositions)) * sizeof(int));
    }

    public int Count { get; private set; }

    public int* Blocks => (int*)_blocks.Pointer;

    /// <summary>Takes blocks until these positions fit; false when the pool has none left (what was taken is kept).</summary>
    public bool TryGrow(int positions)
    {
        for (int needed = KvPool.BlocksFor(positions); Count < needed; Count++)
        {
            if (!_pool.TryTake(out int block))
            {
                return false;
            }

            Blocks[Count] = block;
        }

        return true;
    }

    /// <summary>Gives all blocks back.</summary>
    public void Release()
    {
        while (Count > 0)
        {
            _pool.Return(Blocks[--Count]);
        }
    }

    public void Dispose() => _blocks.Dispose();
}
