using DaprMoE.Simulation;
using ScottPlot;

namespace DaprMoE.Cli;

/// <summary>The distribution of layer times as a figure, one line per policy.</summary>
internal static class CdfFigure
{
    private const int Width = 800;
    private const int Height = 500;

    public static void Write(string path, string extension, string title, IReadOnlyList<PolicyComparison> results)
    {
        using Plot plot = new();
        plot.Title(title);
        plot.XLabel("time of an MoE layer, µs");
        plot.YLabel("share of layers and iterations");
        foreach (PolicyComparison policy in results)
        {
            double[] times = [.. policy.Mean.LayerQuantiles.Select(seconds => seconds * 1e6)];
            double[] shares = [.. Enumerable.Range(0, times.Length).Select(i => (double)i / (times.Length - 1))];
            ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(times, shares);
            line.LegendText = policy.Policy;
            line.LineWidth = 2;
        }

        plot.ShowLegend(Alignment.LowerRight);
        if (extension == ".svg")
        {
            plot.SaveSvg(path, Width, Height);
        }
        else
        {
            plot.SavePng(path, Width, Height);
        }
    }
}
