// Writes libraries/Text/Unicode/UnicodeTables.txt, from which the tokenizer takes every fact about characters.
//
//   dotnet run eng/generate-unicode-tables.cs -- /usr/share/perl/5.36/unicore/CombiningClass.pl
//
// Classes and normalisation come from tests/fixtures/tokenizers (what the reference library does, single code point by single code point).
// Combining classes cannot be seen there; they come from a Perl installation's Unicode database and are kept only for the marks that the
// library's older normalisation data knows, which are those its StripAccents removes.

using System.Globalization;
using System.Text;
using System.Text.Json;

if (args.Length != 1)
{
    Console.Error.WriteLine("usage: dotnet run eng/generate-unicode-tables.cs -- PATH/TO/unicore/CombiningClass.pl");
    return 1;
}

const string Fixtures = "tests/fixtures/tokenizers";
using JsonDocument classes = JsonDocument.Parse(File.ReadAllBytes($"{Fixtures}/unicode-classes.json"));
using JsonDocument normalization = JsonDocument.Parse(File.ReadAllBytes($"{Fixtures}/unicode-normalization.json"));
StringBuilder tables = new("# Written by eng/generate-unicode-tables.cs. Do not edit.\n");

foreach ((string name, string source) in new[]
{
    ("Lu", @"\p{Lu}"), ("Ll", @"\p{Ll}"), ("Lt", @"\p{Lt}"), ("Lm", @"\p{Lm}"), ("Lo", @"\p{Lo}"), ("Mark", @"\p{M}"), ("Nd", @"\p{Nd}"),
    ("Number", @"\p{N}"), ("Punctuation", @"\p{P}"), ("Symbol", @"\p{S}"), ("Separator", @"\p{Z}"), ("Control", @"\p{Cc}"),
    ("Format", @"\p{Cf}"), ("WhiteSpace", @"\s"), ("Word", @"\w"), ("Han", @"\p{Han}"),
})
{
    int[] bounds = [.. classes.RootElement.GetProperty(source).EnumerateArray().Select(bound => bound.GetInt32())];
    WriteLine($"class {name}", bounds.Chunk(2).Select(range => Range(range[0], range[1])));
}

Dictionary<int, int[]> decompositions = ReadMappings("NFD");
Dictionary<int, int[]> recompositions = ReadMappings("NFC");
HashSet<int> knownMarks = [.. ReadMappings("StripAccents").Where(mapping => mapping.Value.Length == 0).Select(mapping => mapping.Key)];
foreach (IGrouping<int, int> group in ReadCombiningClasses(args[0]).GroupBy(mark => mark.Class, mark => mark.CodePoint).OrderBy(g => g.Key))
{
    WriteLine($"combining {group.Key}", Ranges(group.Where(knownMarks.Contains)));
}

// A code point that NFC keeps although NFD takes it apart is the composition of its last part with the composition of all the others.
Dictionary<string, int> composites = decompositions.Where(mapping => !recompositions.ContainsKey(mapping.Key))
    .ToDictionary(mapping => string.Join('+', mapping.Value), mapping => mapping.Key);
WriteMappings("decompose", decompositions);
WriteLine("compose", composites.Values.Order().Select(composite =>
{
    int[] parts = decompositions[composite];
    int first = parts.Length == 2 ? parts[0] : composites[string.Join('+', parts[..^1])];
    return $"{composite:X}={first:X}+{parts[^1]:X}";
}));
WriteMappings("lowercase", ReadMappings("Lowercase"));

File.WriteAllText("libraries/Text/Unicode/UnicodeTables.txt", tables.ToString());
return 0;

void WriteLine(string head, IEnumerable<string> items)
{
    string line = string.Join(' ', items);
    if (line.Length > 0)
    {
        tables.Append(head).Append(": ").Append(line).Append('\n');
    }
}

void WriteMappings(string head, Dictionary<int, int[]> mappings) => WriteLine(
    head, mappings.OrderBy(mapping => mapping.Key).Select(m => $"{m.Key:X}={string.Join('+', m.Value.Select(part => $"{part:X}"))}"));

Dictionary<int, int[]> ReadMappings(string form) => normalization.RootElement.GetProperty(form).EnumerateArray().ToDictionary(
    mapping => mapping[0].GetInt32(), mapping => mapping[1].GetString()!.EnumerateRunes().Select(rune => rune.Value).ToArray());

static string Range(int first, int last) => first == last ? $"{first:X}" : $"{first:X}-{last:X}";

static IEnumerable<string> Ranges(IEnumerable<int> codePoints)
{
    int[] sorted = [.. codePoints.Order()];
    for (int start = 0, end = 0; start < sorted.Length; start = end)
    {
        for (end = start + 1; end < sorted.Length && sorted[end] == sorted[end - 1] + 1; end++)
        {
        }

        yield return Range(sorted[start], sorted[end - 1]);
    }
}

static IEnumerable<(int CodePoint, int Class)> ReadCombiningClasses(string path)
{
    foreach (string[] fields in File.ReadLines(path).Select(line => line.Split('\t')).Where(fields => fields.Length == 3))
    {
        int first = int.Parse(fields[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        int last = fields[1].Length == 0 ? first : int.Parse(fields[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        int combiningClass = int.Parse(fields[2], CultureInfo.InvariantCulture);
        for (int codePoint = first; codePoint <= last && combiningClass != 0; codePoint++)
        {
            yield return (codePoint, combiningClass);
        }
    }
}
