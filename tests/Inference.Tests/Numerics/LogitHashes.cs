using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace DaprMoE.Inference.Tests;

/// <summary>Keeps a hash of each step's logits, by sequence and position.</summary>
internal sealed class LogitHashes : IForwardObserver, IDisposable
{
    private readonly ManualResetEventSlim _allArrived = new(initialState: false);
    private int _batch;

    public SortedDictionary<(int Sequence, int Position), ulong> Hashes { get; } = [];

    /// <summary>The most sequences that one iteration computed logits for.</summary>
    public int LargestBatch { get; private set; }

    /// <summary>Lets the first iteration go on, once every sequence has arrived.</summary>
    public void AllArrived() => _allArrived.Set();

    public void AfterLayer(int layer, ReadOnlySpan<float> hidden)
    {
        if (layer == 0)
        {
            Assert.True(_allArrived.Wait(TimeSpan.FromSeconds(30)), "The sequences did not arrive.");
            _batch = 0;
        }
    }

    public void Dispose() => _allArrived.Dispose();

    /// <summary>Steps that were computed twice with other bits.</summary>
    public int Contradictions { get; private set; }

    public void AfterLogits(int sequence, int position, ReadOnlySpan<float> logits)
    {
        LargestBatch = Math.Max(LargestBatch, ++_batch);
        ulong hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(logits));
        if (!Hashes.TryAdd((sequence, position), hash) && Hashes[(sequence, position)] != hash)
        {
            Contradictions++;
        }
    }

    /// <summary>One hash over all steps, in order.</summary>
    public ulong Total() => XxHash3.HashToUInt64(MemoryMarshal.AsBytes<ulong>(Hashes.Values.ToArray()));
}
