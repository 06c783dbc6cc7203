using System.Globalization;
using DaprMoE.Tensors;

namespace DaprMoE.Experts.Tests;

/// <summary>What the kernel says is resident of ranges of memory.</summary>
internal static class ResidentPages
{
    /// <summary>Bytes of the ranges that have pages, by <c>/proc/self/smaps</c>.</summary>
    public static unsafe long Of(IEnumerable<ReservedMemory?> ranges)
    {
        List<(ulong From, ulong To)> wanted =
            [.. ranges.OfType<ReservedMemory>().Select(range => ((ulong)range.Start, (ulong)range.Start + (ulong)range.Length))];
        long bytes = 0;
        bool isInside = false;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            if (TryReadRange(line) is { } area)
            {
                isInside = wanted.Exists(range => area.From < range.To && range.From < area.To);
            }
            else if (isInside && line.StartsWith("Rss:", StringComparison.Ordinal))
            {
                bytes += 1024 * long.Parse(line[4..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
            }
        }

        return bytes;
    }

    /// <summary>A line that begins an area reads "from-to permissions …", in hexadecimal digits.</summary>
    private static (ulong From, ulong To)? TryReadRange(string line)
    {
        string[] ends = line.Split(' ', 2)[0].Split('-');
        return ends.Length == 2
            && ulong.TryParse(ends[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong from)
            && ulong.TryParse(ends[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong to)
            ? (from, to)
            : null;
    }
}
