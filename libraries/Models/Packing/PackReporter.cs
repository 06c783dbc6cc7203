namespace DaprMoE.Models;

/// <summary>Adds up what the packing threads have done and reports it, one report at a time.</summary>
internal sealed class PackReporter(IProgress<PackProgress>? progress)
{
    private readonly Lock _lock = new();
    private long _done;
    private long _total;

    /// <summary>Sets the bytes to pack.</summary>
    public void Begin(long total)
    {
        _total = total;
        Add(0);
    }

    /// <summary>Counts packed bytes.</summary>
    public void Add(long bytes)
    {
        lock (_lock)
        {
            _done += bytes;
            progress?.Report(new PackProgress(PackPhase.Packing, _done, _total));
        }
    }

    /// <summary>Reports a phase.</summary>
    public void Report(PackPhase phase)
    {
        lock (_lock)
        {
            progress?.Report(new PackProgress(phase, _done, _total));
        }
    }
}
