using System.Globalization;
using System.Text;
using DaprMoE.Simulation;

namespace DaprMoE.Cli;

/// <summary>The distribution of layer times in a file: numbers as CSV, or a figure as SVG or PNG.</summary>
internal sealed class CdfFile
{
    private readonly string _path;
    private readonly string _extension;

    private CdfFile(string path, string extension) => (_path, _extension) = (path, extension);

    /// <summary>A file of this name, not yet written.</summary>
    /// <exception cref="CommandException">Its ending is none of those that can be written, or there is no such folder.</exception>
    public static CdfFile At(string path)
    {
        string extension = Path.GetExtension(path);
        if (extension is not (".csv" or ".svg" or ".png"))
        {
            throw CommandException.Usage($"--cdf is {path}; it may end in .csv, .svg or .png.");
        }

        return Directory.Exists(Path.GetDirectoryName(path))
            ? new CdfFile(path, extension)
            : throw CommandException.BadInput($"There is no folder {Path.GetDirectoryName(path)} for --cdf.");
    }

    public void Write(SimulateRequest request, IReadOnlyList<PolicyComparison> results)
    {
        if (_extension == ".csv")
        {
            File.WriteAllText(_path, Csv(results));
        }
        else
        {
            CdfFigure.Write(_path, _extension, request.Settings.Shape.Name, results);
        }
    }

    private static string Csv(IReadOnlyList<PolicyComparison> results)
    {
        StringBuilder text = new("policy,share,layer_seconds\n");
        foreach (PolicyComparison policy in results)
        {
            IReadOnlyList<double> quantiles = policy.Mean.LayerQuantiles;
            for (int i = 0; i < quantiles.Count; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{policy.Policy},{(double)i / (quantiles.Count - 1)},{quantiles[i]:R}\n");
            }
        }

        return text.ToString();
    }
}
