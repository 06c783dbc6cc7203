namespace DaprMoE.Models;

/// <summary>Adds up what the writing threads have done and reports it, one report at a time.</summary>
internal sealed class WriteReporter(IProgress<WriteProgress>? progress)
{
    private readonly Lock _lock = new();
    private long _done;
    private long _total;

    /// <summary>Sets the bytes to write.</summary>
    public void Begin(long total)
    {
        _total = total;
        Add(0);
    }

    /// <summary>Counts written bytes.</summary>
    public void Add(long bytes)
    {
        lock (_lock)
        {
            _done += bytes;
            progress?.Report(new WriteProgress(_done, _total));
        }
    }
}
