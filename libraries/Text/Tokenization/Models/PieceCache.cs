using System.Diagnostics.CodeAnalysis;

namespace DaprMoE.Text.Tokenization.Models;

/// <summary>
/// A cache of fixed size from pieces to their tokens. Each piece has one slot, where the latest one stays; slots are read and written as
/// single references, so threads share it without locks.
/// </summary>
internal sealed class PieceCache
{
    private const int SlotCount = 1 << 15;
    private const int LongestPiece = 64;

    private readonly Entry?[] _slots = new Entry?[SlotCount];

    /// <summary>Whether a piece is short enough to be worth keeping.</summary>
    public static bool Takes(ReadOnlySpan<char> piece) => piece.Length <= LongestPiece;

    public bool TryGet(ReadOnlySpan<char> piece, [NotNullWhen(true)] out ModelToken[]? tokens)
    {
        Entry? entry = Takes(piece) ? Volatile.Read(ref _slots[SlotOf(piece)]) : null;
        tokens = entry is not null && piece.SequenceEqual(entry.Piece) ? entry.Tokens : null;
        return tokens is not null;
    }

    public void Add(ReadOnlySpan<char> piece, ModelToken[] tokens) =>
        Volatile.Write(ref _slots[SlotOf(piece)], new Entry(piece.ToString(), tokens));

    private static int SlotOf(ReadOnlySpan<char> piece) => string.GetHashCode(piece) & (SlotCount - 1);

    private sealed record Entry(string Piece, ModelToken[] Tokens);
}
