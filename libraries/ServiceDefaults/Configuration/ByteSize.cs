using System.ComponentModel;
using System.Globalization;

namespace DaprMoE.ServiceDefaults;

/// <summary>An amount of memory as people write it: <c>4MiB</c>, <c>1.5GiB</c>, <c>24GB</c>, or a number of bytes.</summary>
/// <param name="Bytes">Bytes, at least 0.</param>
[TypeConverter(typeof(ByteSizeConverter))]
public readonly record struct ByteSize(long Bytes)
{
    /// <summary>What may be written, for messages.</summary>
    public const string Allowed = "a number of bytes, or a number with KiB, MiB, GiB, TiB (powers of 1024) or kB, MB, GB, TB (powers of 1000)";

    private static readonly (string Unit, long Bytes)[] Units =
    [
        ("TiB", 1L << 40), ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10),
        ("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000),
        ("B", 1),
    ];

    /// <summary>Reads a size; the unit's case does not matter, fractions are cut to whole bytes.</summary>
    /// <returns>Whether the text is a size from 0 to what 63 bits hold.</returns>
    public static bool TryParse(string? text, out ByteSize size)
    {
        string number = (text ?? "").Trim();
        long unit = 1;
        foreach ((string name, long bytes) in Units)
        {
            if (number.EndsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                (number, unit) = (number[..^name.Length].TrimEnd(), bytes);
                break;
            }
        }

        const NumberStyles Style = NumberStyles.AllowDecimalPoint;
        bool isSize = decimal.TryParse(number, Style, CultureInfo.InvariantCulture, out decimal value) && value <= long.MaxValue / (decimal)unit;
        size = isSize ? new ByteSize((long)(value * unit)) : default;
        return isSize;
    }

    /// <summary>The largest binary unit that gives a short number: <c>4 MiB</c>, <c>1.5 GiB</c>, <c>221184 B</c>.</summary>
    public override string ToString()
    {
        foreach ((string name, long bytes) in Units.Where(unit => unit.Unit.EndsWith("iB", StringComparison.Ordinal)))
        {
            decimal value = Bytes / (decimal)bytes;
            if (value >= 1 && value == Math.Round(value, 2))
            {
                return string.Create(CultureInfo.InvariantCulture, $"{value:0.##} {name}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Bytes} B");
    }
}
