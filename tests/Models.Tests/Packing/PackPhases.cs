using System.Collections.Concurrent;

namespace DaprMoE.Models.Tests.Packing;

/// <summary>Records what packing reports, on the reporting thread.</summary>
internal sealed class PackPhases : IProgress<PackProgress>
{
    private readonly ConcurrentQueue<PackProgress> _reports = new();

    public IReadOnlyList<PackProgress> Reports => [.. _reports];

    /// <summary>Whether anything was packed.</summary>
    public bool Packed => _reports.Any(report => report.Phase == PackPhase.Packing);

    public Action<PackProgress>? OnReport { get; init; }

    public void Report(PackProgress value)
    {
        _reports.Enqueue(value);
        OnReport?.Invoke(value);
    }
}
