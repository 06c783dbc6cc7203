namespace DaprMoE.Inference;

/// <summary>Counts that the engine's thread writes and everybody reads.</summary>
internal sealed class EngineCounters
{
    private int _running;
    private int _waiting;
    private int _kvUsed;
    private long _iterations;
    private long _promptTokens;
    private long _generatedTokens;
    private long _preemptions;
    private long _allocatedBytes;

    public int Waiting
    {
        get => Volatile.Read(ref _waiting);
        set => Volatile.Write(ref _waiting, value);
    }

    public void CountIteration(int promptRows, int drawn)
    {
        Volatile.Write(ref _iterations, _iterations + 1);
        Volatile.Write(ref _promptTokens, _promptTokens + promptRows);
        Volatile.Write(ref _generatedTokens, _generatedTokens + drawn);
    }

    public void CountAllocated(long bytes) => Volatile.Write(ref _allocatedBytes, _allocatedBytes + bytes);

    public void Update(Batcher batcher, KvPool kv)
    {
        Volatile.Write(ref _running, batcher.Running.Count);
        Volatile.Write(ref _waiting, batcher.Waiting);
        Volatile.Write(ref _kvUsed, kv.Blocks - kv.FreeBlocks);
        Volatile.Write(ref _preemptions, batcher.Preemptions);
    }

    public EngineSnapshot Read(int kvBlocks) => new(
        Volatile.Read(ref _running),
        Volatile.Read(ref _waiting),
        Volatile.Read(ref _kvUsed),
        kvBlocks,
        Volatile.Read(ref _iterations),
        Volatile.Read(ref _promptTokens),
        Volatile.Read(ref _generatedTokens),
        Volatile.Read(ref _preemptions),
        Volatile.Read(ref _allocatedBytes));
}
