namespace DaprMoE.Models;

/// <summary>Adds up the bytes that several threads have done and reports them, one report at a time.</summary>
/// <param name="progress">Hears the reports; null: nobody.</param>
/// <param name="describe">Makes a report of the bytes done and the bytes in all.</param>
internal sealed class ByteReporter<TReport>(IProgress<TReport>? progress, Func<long, long, TReport> describe)
{
    private readonly Lock _lock = new();
    private long _done;
    private long _total;

    /// <summary>Sets the bytes in all.</summary>
    public void Begin(long total)
    {
        _total = total;
        Add(0);
    }

    /// <summary>Counts bytes that are done.</summary>
    public void Add(long bytes)
    {
        lock (_lock)
        {
            _done += bytes;
            progress?.Report(describe(_done, _total));
        }
    }

    /// <summary>Reports something else about the same bytes.</summary>
    public void Report(Func<long, long, TReport> other)
    {
        lock (_lock)
        {
            progress?.Report(other(_done, _total));
        }
    }
}
