using System.Globalization;

namespace DaprMoE.Cli;

/// <summary>Numbers for people: three digits and a unit.</summary>
internal static class Quantity
{
    private static readonly string[] ByteUnits = ["B", "KiB", "MiB", "GiB", "TiB"];
    private static readonly string[] CountUnits = ["", "K", "M", "B", "T"];

    /// <summary>Bytes by powers of 1024: <c>216 KiB</c>.</summary>
    public static string Bytes(long bytes) => Scale(bytes, 1024, ByteUnits);

    /// <summary>A count by powers of 1000: <c>12.0 M</c>.</summary>
    public static string Count(long count) => Scale(count, 1000, CountUnits);

    /// <summary>Tokens one by one: <c>1 token</c>, <c>19 tokens</c>.</summary>
    public static string Tokens(int tokens) => tokens == 1 ? "1 token" : string.Create(CultureInfo.InvariantCulture, $"{tokens} tokens");

    private static string Scale(double value, double step, string[] units)
    {
        int unit = 0;
        while (value >= step && unit < units.Length - 1)
        {
            value /= step;
            unit++;
        }

        string format = unit == 0 || value >= 100 ? "0" : value >= 10 ? "0.0" : "0.00";
        return (value.ToString(format, CultureInfo.InvariantCulture) + " " + units[unit]).TrimEnd();
    }
}
