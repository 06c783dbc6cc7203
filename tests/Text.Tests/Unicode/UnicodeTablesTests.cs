using System.Text;
using System.Text.Json;
using DaprMoE.Text.Tokenization.Alignment;
using DaprMoE.Text.Tokenization.Normalizers;
using DaprMoE.Text.Tokenization.Patterns;
using DaprMoE.Text.Unicode;

namespace DaprMoE.Text.Tests.Unicode;

public class UnicodeTablesTests
{
    private static readonly string Everything = string.Concat(AllCodePoints().Select(char.ConvertFromUtf32));

    public static TheoryData<string> Classes()
    {
        using JsonDocument classes = Read("unicode-classes.json");
        return [.. classes.RootElement.EnumerateObject().Select(entry => entry.Name)];
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void Pattern_Class_MatchesExactlyTheFixturesCodePoints(string expression)
    {
        RegexPattern pattern = new(expression, "test", "pattern");
        using JsonDocument classes = Read("unicode-classes.json");
        int[] bounds = [.. classes.RootElement.GetProperty(expression).EnumerateArray().Select(bound => bound.GetInt32())];

        // All code points as one text: the class is the set of its matches.
        int[] found = [.. pattern.FindAll(Everything).Select(match => char.ConvertToUtf32(Everything, match.Start))];
        Assert.Equal(bounds, CodePointSet.FromBounds([.. found.SelectMany(codePoint => new[] { codePoint, codePoint })]).Bounds.ToArray());
    }

    [Fact]
    public void Nfc_EverySingleCodePoint_ChangesAsInTheFixture() => CheckNormalizer(new NfcNormalizer(), "NFC");

    [Fact]
    public void Lowercase_EverySingleCodePoint_ChangesAsInTheFixture() => CheckNormalizer(new LowercaseNormalizer(), "Lowercase");

    [Fact]
    public void Decompose_EverySingleCodePointButHangul_ChangesAsInTheFixture()
    {
        Dictionary<int, string> expected = ReadMappings("NFD");
        List<int> parts = [];
        foreach (int codePoint in AllCodePoints().Where(codePoint => codePoint is < 0xAC00 or > 0xD7A3))
        {
            parts.Clear();
            CanonicalMapping.Decompose(codePoint, parts);
            string decomposed = string.Concat(parts.Select(char.ConvertFromUtf32));
            Assert.Equal(expected.GetValueOrDefault(codePoint, char.ConvertFromUtf32(codePoint)), decomposed);
        }
    }

    [Fact]
    public void Nfc_DecomposedHangul_ComposesEverySyllable()
    {
        NfcNormalizer normalizer = new();
        List<int> parts = [];
        for (int syllable = 0xAC00; syllable <= 0xD7A3; syllable++)
        {
            parts.Clear();
            CanonicalMapping.Decompose(syllable, parts);
            Assert.Equal(char.ConvertFromUtf32(syllable), Normalize(normalizer, string.Concat(parts.Select(char.ConvertFromUtf32))));
        }
    }

    [Theory]
    [InlineData("a\u0315\u0300\u05AE\u0300b", "\u00E0\u05AE\u0300\u0315b")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("\u1E0B\u0323", "\u1E0D\u0307")]
    [InlineData("\u0301e", "\u0301e")]
    [InlineData("\u1100\u1161\u11A8\u11A8", "\uAC01\u11A8")]
    public void Nfc_SequencesOfMarks_FollowTheStandard(string text, string expected) =>
        Assert.Equal(expected, Normalize(new NfcNormalizer(), text));

    private static void CheckNormalizer(INormalizer normalizer, string form)
    {
        Dictionary<int, string> expected = ReadMappings(form);
        foreach (int codePoint in AllCodePoints())
        {
            string text = char.ConvertFromUtf32(codePoint);
            Assert.Equal(expected.GetValueOrDefault(codePoint, text), Normalize(normalizer, text));
        }
    }

    private static string Normalize(INormalizer normalizer, string text) =>
        normalizer.Normalize(new AlignedText(text.AsMemory(), 0, sources: null, tracked: true)).Characters.ToString();

    private static IEnumerable<int> AllCodePoints() => Enumerable.Range(0, 0x110000).Where(Rune.IsValid);

    private static Dictionary<int, string> ReadMappings(string form)
    {
        using JsonDocument document = Read("unicode-normalization.json");
        return document.RootElement.GetProperty(form).EnumerateArray()
            .ToDictionary(entry => entry[0].GetInt32(), entry => entry[1].GetString()!);
    }

    private static JsonDocument Read(string file) => JsonDocument.Parse(File.ReadAllBytes(Fixtures.PathOf("tokenizers", file)));
}
