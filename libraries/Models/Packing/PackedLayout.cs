namespace DaprMoE.Models;

/// <summary>Where everything lies in the data part of a packed file: first what stays, then the experts, layer by layer.</summary>
/// <param name="Entries">The weights that stay with the model.</param>
/// <param name="Experts">The experts of each MoE layer.</param>
/// <param name="DataBytes">Bytes of the data part, whole pages.</param>
internal sealed record PackedLayout(IReadOnlyList<PackedEntry> Entries, IReadOnlyList<PackedExperts> Experts, long DataBytes)
{
    /// <summary>Experts begin at multiples of this, so that each can be read into and dropped from memory alone.</summary>
    public const int PageSize = 4096;

    /// <summary>Name of the kernel order that the header carries.</summary>
    public const string Name = "panel32";

    /// <summary>Whether two layouts put the same things at the same places.</summary>
    public bool Matches(PackedLayout other) =>
        DataBytes == other.DataBytes && Entries.SequenceEqual(other.Entries) && Experts.SequenceEqual(other.Experts);

    /// <summary>Rounds up to a multiple of a power of two.</summary>
    public static long Align(long value, long unit) => (value + unit - 1) & -unit;
}
