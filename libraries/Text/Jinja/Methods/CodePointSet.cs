using System.Collections.Frozen;
using System.Globalization;

namespace DaprMoE.Text.Jinja.Methods;

/// <summary>A set of code points, written as hexadecimal codes and ranges with blanks between them.</summary>
internal sealed class CodePointSet(string written)
{
    private readonly FrozenSet<int> _codes = written
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(Range)
        .ToFrozenSet();

    public bool Contains(int code) => _codes.Contains(code);

    private static IEnumerable<int> Range(string range)
    {
        int[] ends = [.. range.Split('-').Select(code => int.Parse(code, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))];
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    }
}
