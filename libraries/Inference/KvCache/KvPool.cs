using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Inference;

/// <summary>
/// Paged keys and values in f32: each layer has room for the same number of blocks, and a block id names the same place in all layers.
/// Pages of memory are committed when they are first written.
/// </summary>
internal sealed unsafe class KvPool : IDisposable
{
    private readonly NativeBuffer[] _layers;
    private readonly int[] _free;
    private int _freeCount;

    public KvPool(ModelDescription model, int blocks)
    {
        Layout = new KvLayout(model.Attention.KvHeads, model.Attention.HeadSize);
        Blocks = blocks;
        _layers = new NativeBuffer[model.Layers.Count];
        for (int i = 0; i < _layers.Length; i++)
        {
            _layers[i] = new NativeBuffer(blocks * Layout.BlockFloats * sizeof(float));
        }

        // Taken from the end, so that low ids, whose pages are committed already, are used first.
        _free = new int[blocks];
        for (int i = 0; i < blocks; i++)
        {
            _free[i] = blocks - 1 - i;
        }

        _freeCount = blocks;
    }

    public KvLayout Layout { get; }

    public int Blocks { get; }

    public int FreeBlocks => _freeCount;

    /// <summary>Blocks that hold this many positions.</summary>
    public static int BlocksFor(int positions) => (positions + KvLayout.BlockTokens - 1) / KvLayout.BlockTokens;

    public float* Layer(int layer) => _layers[layer].Floats;

    /// <summary>The place of a block in a layer.</summary>
    public float* Block(int layer, int block) => Layer(layer) + (block * Layout.BlockFloats);

    public bool TryTake(out int block)
    {
        if (_freeCount == 0)
        {
            block = -1;
            return false;
        }

        block = _free[--_freeCount];
        return true;
    }

    public void Return(int block) => _free[_freeCount++] = block;

    public void Dispose()
    {
        foreach (NativeBuffer layer in _layers)
        {
            layer.Dispose();
        }
    }
}
