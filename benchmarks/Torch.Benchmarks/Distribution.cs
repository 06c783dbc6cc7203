using System.Globalization;

namespace DaprMoE.Torch.Benchmarks;

/// <summary>The median of repeated measurements, with the quarter below and above it.</summary>
internal readonly record struct Distribution(double Lower, double Median, double Upper)
{
    public static Distribution Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new Distribution(sorted[sorted.Length / 4], sorted[sorted.Length / 2], sorted[3 * sorted.Length / 4]);
    }

    /// <summary>Prints as <c>median (lower–upper)</c>.</summary>
    public string Text(string format) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Median.ToString(format, CultureInfo.InvariantCulture)} ({Lower.ToString(format, CultureInfo.InvariantCulture)}–{Upper.ToString(format, CultureInfo.InvariantCulture)})");
}
