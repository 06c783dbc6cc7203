using System.Collections.Concurrent;
using DaprMoE.Ports;
using DaprMoE.Scheduling;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.Dispatch.Tests;

/// <summary>Devices' control that notes what it is asked.</summary>
internal sealed class FakeControl : IExpertControl
{
    private int _looks;

    public IReadOnlyList<DeviceSnapshot> Devices { get; set; } = [];

    /// <summary>Whether everything fails.</summary>
    public bool Fails { get; set; }

    /// <summary>Refusals of the next warm-ups.</summary>
    public IReadOnlyList<string> Refusals { get; set; } = [];

    /// <summary>Warm-ups and cancels wait for this.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>What was asked, as <c>+0: L0.E1.R0 …</c>.</summary>
    public ConcurrentQueue<string> Wishes { get; } = [];

    public async Task<IReadOnlyList<string>> WarmAsync(int device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken)
    {
        Wishes.Enqueue($"+{device}: {string.Join(' ', replicas)}");
        await Gate.WaitAsync(cancellationToken);
        return Fails ? throw new IOException("gone") : Refusals;
    }

    public async Task<IReadOnlyList<string>> CancelAsync(int device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken)
    {
        Wishes.Enqueue($"-{device}: {string.Join(' ', replicas)}");
        await Gate.WaitAsync(cancellationToken);
        return [];
    }

    public Task<IReadOnlyList<string>> PlanAsync(
        int device, long version, IReadOnlyList<ReplicaId> replicas, TimeSpan keepAlive, IReadOnlyList<ReplicaId> retained, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<string>> DrainAsync(int device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<string>> EvictAsync(int device, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<DeviceSnapshot>> StateAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _looks);
        return Fails ? throw new IOException("gone") : Task.FromResult(Devices);
    }

    /// <summary>Waits until it was looked at so often.</summary>
    public async Task Asked(int looks, CancellationToken cancellationToken)
    {
        while (Volatile.Read(ref _looks) < looks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Lets time pass until it was looked at so often.</summary>
    public async Task Advance(FakeTimeProvider clock, TimeSpan step, int looks, CancellationToken cancellationToken)
    {
        while (Volatile.Read(ref _looks) < looks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            clock.Advance(step);
            await Task.Yield();
        }
    }
}
