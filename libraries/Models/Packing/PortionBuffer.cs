using System.Buffers;

namespace DaprMoE.Models;

/// <summary>Memory for one portion of rows, from the shared pool.</summary>
internal readonly struct PortionBuffer(int size) : IDisposable
{
    private readonly byte[] _array = ArrayPool<byte>.Shared.Rent(size);

    /// <summary>The first bytes.</summary>
    public Span<byte> Bytes(int count) => _array.AsSpan(0, count);

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_array);
}
