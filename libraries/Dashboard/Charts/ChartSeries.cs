using System.Globalization;
using System.Text;

namespace DaprMoE.Dashboard;

/// <summary>One line of a chart.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Style">Its class: <c>series-1</c> or <c>series-2</c>.</param>
/// <param name="Values">Its values, oldest first.</param>
public sealed record ChartSeries(string Name, string Style, IReadOnlyList<double> Values)
{
    /// <summary>Width of a chart in its own units.</summary>
    public const int Width = 300;

    /// <summary>Height of a chart in its own units.</summary>
    public const int Height = 100;

    /// <summary>The points of an SVG polyline.</summary>
    /// <param name="floor">The value at the bottom.</param>
    /// <param name="ceiling">The value at the top; above <paramref name="floor"/>.</param>
    public string Points(double floor, double ceiling)
    {
        StringBuilder points = new();
        double step = Values.Count > 1 ? (double)Width / (Values.Count - 1) : 0;
        for (int i = 0; i < Values.Count; i++)
        {
            double height = Height * (1 - Math.Clamp((Values[i] - floor) / (ceiling - floor), 0, 1));
            points.Append(CultureInfo.InvariantCulture, $"{i * step:0.#},{height:0.#} ");
        }

        return points.ToString();
    }
}
