using System.Globalization;

namespace DaprMoE.Dashboard;

/// <summary>Figures as people read them.</summary>
internal static class Quantities
{
    private const double Kibi = 1024;

    /// <summary>Bytes with a binary unit: <c>8.0 MiB</c>.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1 << 10 => Text($"{bytes} B"),
        < 1 << 20 => Text($"{bytes / Kibi:0.0} KiB"),
        < 1 << 30 => Text($"{bytes / (Kibi * Kibi):0.0} MiB"),
        _ => Text($"{bytes / (Kibi * Kibi * Kibi):0.0} GiB"),
    };

    /// <summary>A share as a percentage: <c>42 %</c>.</summary>
    public static string Percent(double share) => Text($"{share * 100:0} %");

    /// <summary>A figure with two digits behind the point; a dash when there is none.</summary>
    public static string Figure(double? figure) => figure is { } known ? Text($"{known:0.00}") : "–";

    /// <summary>A count or rate with three significant digits, at least the whole ones: <c>0.123</c>, <c>4.56</c>, <c>1234</c>.</summary>
    public static string Short(double figure) => Math.Abs(figure) switch
    {
        0 => "0",
        < 0.001 => Text($"{figure:0.0e0}"),
        < 1 => Text($"{figure:0.000}"),
        < 10 => Text($"{figure:0.00}"),
        < 100 => Text($"{figure:0.0}"),
        _ => Text($"{figure:0}"),
    };

    /// <summary>A time: <c>0.4 s</c>, <c>12 s</c>, <c>3 min</c>.</summary>
    public static string Time(TimeSpan time) => time.TotalSeconds switch
    {
        < 10 => Text($"{time.TotalSeconds:0.0} s"),
        < 120 => Text($"{time.TotalSeconds:0} s"),
        _ => Text($"{time.TotalMinutes:0} min"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
