using System.Globalization;

namespace DaprMoE.ExpertHost;

/// <summary>Sizes as users write them: <c>221184</c>, <c>512KiB</c>, <c>4MiB</c>, <c>1.5GiB</c>.</summary>
public static class ByteSize
{
    /// <summary>What is allowed, in words.</summary>
    public const string Allowed = "bytes above 0, such as 4194304, 512KiB, 4MiB, 1.5GiB or 1TiB";

    private static readonly string[] Units = ["", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>Reads a size.</summary>
    /// <returns>False when it is none, or is not above 0.</returns>
    public static bool TryParse(string text, out long bytes)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        int unit = Math.Max(0, Array.FindLastIndex(Units, unit => text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)));
        string number = text[..^Units[unit].Length].TrimEnd();
        bool isNumber = decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value);
        decimal size = isNumber && value <= long.MaxValue >> (10 * unit) ? value * (1L << (10 * unit)) : 0;
        bytes = (long)size;
        return bytes > 0 && bytes == size;
    }
}
