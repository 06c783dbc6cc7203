using System.Globalization;

namespace DaprMoE.Text.Unicode;

/// <summary>
/// The character data that the tokenizer uses, read once from UnicodeTables.txt. It is our own, so that token ids depend neither on the
/// version of the runtime nor on its globalization mode.
/// </summary>
internal sealed class UnicodeTables
{
    private const string Resource = "UnicodeTables.txt";

    private readonly Dictionary<string, CodePointSet> _classes = [];

    private UnicodeTables()
    {
        using Stream stream = typeof(UnicodeTables).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {Resource}.");
        using StreamReader reader = new(stream);
        while (reader.ReadLine() is { } line)
        {
            int colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon > 0 && line[0] != '#')
            {
                Read(line[..colon].Split(' '), line.AsSpan(colon + 2));
            }
        }
    }

    /// <summary>The tables, loaded at first use.</summary>
    public static UnicodeTables Instance { get; } = new();

    /// <summary>Named sets of code points: general categories, <c>WhiteSpace</c>, <c>Word</c>, <c>Han</c>.</summary>
    public IReadOnlyDictionary<string, CodePointSet> Classes => _classes;

    /// <summary>Canonical combining classes other than 0.</summary>
    public Dictionary<int, byte> CombiningClasses { get; } = [];

    /// <summary>Full canonical decompositions, without Hangul syllables.</summary>
    public Dictionary<int, int[]> Decompositions { get; } = [];

    /// <summary>Primary composites by their two parts.</summary>
    public Dictionary<(int First, int Second), int> Compositions { get; } = [];

    /// <summary>Lower case, character by character.</summary>
    public Dictionary<int, int[]> Lowercase { get; } = [];

    private void Read(string[] head, ReadOnlySpan<char> items)
    {
        switch (head[0])
        {
            case "class":
                _classes[head[1]] = CodePointSet.FromBounds(ReadBounds(items));
                break;
            case "combining":
                ReadCombiningClass(byte.Parse(head[1], CultureInfo.InvariantCulture), items);
                break;
            case "decompose":
                ReadMappings(items, (codePoint, parts) => Decompositions.Add(codePoint, parts));
                break;
            case "compose":
                ReadMappings(items, (codePoint, parts) => Compositions.Add((parts[0], parts[1]), codePoint));
                break;
            case "lowercase":
                ReadMappings(items, (codePoint, parts) => Lowercase.Add(codePoint, parts));
                break;
        }
    }

    private void ReadCombiningClass(byte combiningClass, ReadOnlySpan<char> items)
    {
        int[] bounds = ReadBounds(items);
        for (int i = 0; i < bounds.Length; i += 2)
        {
            for (int codePoint = bounds[i]; codePoint <= bounds[i + 1]; codePoint++)
            {
                CombiningClasses.Add(codePoint, combiningClass);
            }
        }
    }

    private static int[] ReadBounds(ReadOnlySpan<char> items)
    {
        List<int> bounds = [];
        foreach (Range item in items.Split(' '))
        {
            ReadOnlySpan<char> range = items[item];
            int dash = range.IndexOf('-');
            bounds.Add(Hex(dash < 0 ? range : range[..dash]));
            bounds.Add(Hex(range[(dash + 1)..]));
        }

        return [.. bounds];
    }

    private static void ReadMappings(ReadOnlySpan<char> items, Action<int, int[]> add)
    {
        List<int> parts = [];
        foreach (Range item in items.Split(' '))
        {
            ReadOnlySpan<char> mapping = items[item];
            int equals = mapping.IndexOf('=');
            ReadOnlySpan<char> result = mapping[(equals + 1)..];
            parts.Clear();
            foreach (Range part in result.Split('+'))
            {
                parts.Add(Hex(result[part]));
            }

            add(Hex(mapping[..equals]), [.. parts]);
        }
    }

    private static int Hex(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
