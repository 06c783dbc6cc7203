using System.Collections.Concurrent;

namespace DaprMoE.Embedded.Tests.Workflows;

/// <summary>What the test's activities did, and what they are to do.</summary>
internal sealed class Log
{
    public ConcurrentQueue<string> Lines { get; } = [];

    /// <summary>Failures that <see cref="FlakyActivity"/> still has ahead.</summary>
    public int Failures { get; set; }

    /// <summary>Holds <see cref="GatedActivity"/> back.</summary>
    public TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when <see cref="GatedActivity"/> waits.</summary>
    public TaskCompletionSource AtGate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Running;
}
