using System.Globalization;
using System.Text;

namespace DaprMoE.Cli;

/// <summary>A table of a Markdown file, and how numbers stand in it.</summary>
internal sealed class MarkdownTable
{
    private readonly StringBuilder _text = new();

    public MarkdownTable(params string[] columns)
    {
        Add(columns);
        Add([.. columns.Select(_ => "---")]);
    }

    public void Add(params string[] cells) => _text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    public override string ToString() => _text.ToString();

    public static string Two(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    public static string Two(double? value) => value is { } known ? Two(known) : "–";

    public static string Micro(double seconds) => (seconds * 1e6).ToString("0", CultureInfo.InvariantCulture);

    public static string Number(double value) => value.ToString(value >= 100 ? "0" : "0.0", CultureInfo.InvariantCulture);

    public static string Percent(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A ratio as a change: 0.57 is −43 %.</summary>
    public static string Change(double ratio) => ((ratio - 1) * 100).ToString("+0;−0;0", CultureInfo.InvariantCulture) + " %";
}
