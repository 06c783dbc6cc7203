using System.IO.Hashing;
using System.Runtime.InteropServices;
using DaprMoE.Inference;

namespace DaprMoE.ExpertHost.Tests;

/// <summary>Keeps a hash of each step's logits, by sequence and position.</summary>
internal sealed class LogitHashes : IForwardObserver
{
    public SortedDictionary<(int Sequence, int Position), ulong> Hashes { get; } = [];

    /// <summary>Steps that were computed twice with other bits.</summary>
    public int Contradictions { get; private set; }

    /// <summary>The hashes of some sequences, numbered from 0.</summary>
    public SortedDictionary<(int Sequence, int Position), ulong> From(int first, int count) => new(Hashes
        .Where(entry => entry.Key.Sequence >= first && entry.Key.Sequence < first + count)
        .ToDictionary(entry => (entry.Key.Sequence - first, entry.Key.Position), entry => entry.Value));

    public void AfterLogits(int sequence, int position, ReadOnlySpan<float> logits)
    {
        ulong hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(logits));
        if (!Hashes.TryAdd((sequence, position), hash) && Hashes[(sequence, position)] != hash)
        {
            Contradictions++;
        }
    }
}
