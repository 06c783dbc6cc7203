using System.Globalization;

namespace DaprMoE.Models;

/// <summary>What is to be written does not fit the disk.</summary>
/// <param name="folder">Where it was to be written.</param>
/// <param name="needed">Bytes that it takes.</param>
/// <param name="free">Bytes that are free.</param>
public sealed class DiskFullException(string folder, long needed, long free) : IOException(string.Create(
    CultureInfo.InvariantCulture,
    $"{folder}: the weights take {needed:N0} bytes, but its disk has {free:N0} bytes free. "
        + $"Free some, or choose another disk or smaller sizes."))
{
    /// <summary>Bytes that are needed.</summary>
    public long Needed { get; } = needed;

    /// <summary>Bytes that are free.</summary>
    public long Free { get; } = free;
}
