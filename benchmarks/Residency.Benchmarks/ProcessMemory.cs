using System.Globalization;
using DaprMoE.Tensors;

namespace DaprMoE.Residency.Benchmarks;

/// <summary>What the kernel counts for this process.</summary>
internal static unsafe class ProcessMemory
{
    /// <summary>Resident bytes of the process.</summary>
    public static long Rss() => 1024 * Number("/proc/self/status", "VmRSS:");

    /// <summary>Bytes that the process had read from the disk.</summary>
    public static long ReadBytes() => Number("/proc/self/io", "read_bytes:");

    /// <summary>Resident bytes of ranges.</summary>
    public static long RssOf(IEnumerable<ReservedMemory?> ranges)
    {
        (ulong From, ulong To)[] wanted =
            [.. ranges.OfType<ReservedMemory>().Select(range => ((ulong)range.Start, (ulong)range.Start + (ulong)range.Length))];
        long bytes = 0;
        bool isInside = false;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            string[] ends = line.Split(' ', 2)[0].Split('-');
            if (ends.Length == 2 && TryHex(ends[0], out ulong from) && TryHex(ends[1], out ulong to))
            {
                isInside = Array.Exists(wanted, range => from < range.To && range.From < to);
            }
            else if (isInside && line.StartsWith("Rss:", StringComparison.Ordinal))
            {
                bytes += 1024 * Value(line);
            }
        }

        return bytes;
    }

    private static bool TryHex(string text, out ulong value) =>
        ulong.TryParse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out value);

    private static long Number(string file, string name) =>
        Value(File.ReadLines(file).First(line => line.StartsWith(name, StringComparison.Ordinal)));

    private static long Value(string line)
    {
        string value = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Replace("kB", "", StringComparison.Ordinal);
        return long.Parse(value.Trim(), CultureInfo.InvariantCulture);
    }
}
