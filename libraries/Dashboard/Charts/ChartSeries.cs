using System.Globalization;
using System.Text;

namespace DaprMoE.Dashboard;

/// <summary>One line of a chart.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Style">Its class: <c>series-1</c> or <c>series-2</c>.</param>
/// <param name="Places">Where its values are between left and right, 0 to 1, ascending.</param>
/// <param name="Values">Its values.</param>
public sealed record ChartSeries(string Name, string Style, IReadOnlyList<double> Places, IReadOnlyList<double> Values)
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
        for (int i = 0; i < Values.Count; i++)
        {
            double height = Height * (1 - Math.Clamp((Values[i] - floor) / (ceiling - floor), 0, 1));
            points.Append(CultureInfo.InvariantCulture, $"{Width * Places[i]:0.#},{height:0.#} ");
        }

        return points.ToString();
    }
}
