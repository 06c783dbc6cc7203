using System.Text.Json;
using DaprMoE.Text.Tokenization;
using DaprMoE.Text.Tokenization.Alignment;
using DaprMoE.Text.Tokenization.Decoders;
using DaprMoE.Text.Tokenization.Loading;
using DaprMoE.Text.Tokenization.Normalizers;
using DaprMoE.Text.Tokenization.PreTokenizers;

namespace DaprMoE.Text.Tests.Tokenization;

/// <summary>Single components against what the reference library's do; those that are not built must be refused by name.</summary>
public class ComponentsTests
{
    private static readonly JsonElement Components = ReadComponents();

    public static TheoryData<string> Normalizers() => Kinds("normalizers");

    public static TheoryData<string> PreTokenizers() => Kinds("pre_tokenizers");

    public static TheoryData<string> Decoders() => Kinds("decoders");

    /// <summary>All but the first, where the library gives added tokens other ids than the file says.</summary>
    public static TheoryData<int> SmallTokenizers() =>
        [.. Enumerable.Range(1, Components.GetProperty("small_tokenizers").GetArrayLength() - 1)];

    [Theory]
    [MemberData(nameof(Normalizers))]
    public void Normalizer_Cases_AreExact(string component)
    {
        if (ReadOrNull(NormalizerKinds.All, component) is not { } normalizer)
        {
            return;
        }

        foreach (JsonElement item in CasesOf("normalizers", component))
        {
            Assert.Equal(item[1].GetString(), normalizer.Normalize(Whole(item[0].GetString()!)).Characters.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(PreTokenizers))]
    public void PreTokenizer_Cases_AreExact(string component)
    {
        if (ReadOrNull(PreTokenizerKinds.All, component) is not { } preTokenizer)
        {
            return;
        }

        foreach (JsonElement item in CasesOf("pre_tokenizers", component))
        {
            string text = item[0].GetString()!;
            int[]? codePoints = DaprMoE.Text.Unicode.Utf16.CodePointIndexes(text);
            Pieces pieces = preTokenizer.Split(Pieces.Whole(Whole(text)));
            IEnumerable<string> texts = pieces.Items.Select(piece => pieces.CharactersOf(piece).ToString());
            Assert.Equal(item[1].EnumerateArray().Select(piece => piece.GetString()), texts);
            IEnumerable<int> offsets = pieces.Items.Select(piece => pieces.Text.SourceOf(piece.Start, piece.Length))
                .SelectMany(source => new[] { codePoints?[source.Start] ?? source.Start, codePoints?[source.End] ?? source.End });
            Assert.Equal(item[2].EnumerateArray().Select(offset => offset.GetInt32()), offsets);
        }
    }

    [Theory]
    [MemberData(nameof(Decoders))]
    public void Decoder_Cases_AreExact(string component)
    {
        if (ReadOrNull(DecoderKinds.All, component) is not { } decoder)
        {
            return;
        }

        foreach (JsonElement item in CasesOf("decoders", component))
        {
            string decoded = string.Concat(decoder.Decode([.. item[0].EnumerateArray().Select(token => token.GetString()!)]));
            Assert.Equal(item[1].GetString() ?? decoded, decoded);
        }
    }

    [Theory]
    [MemberData(nameof(SmallTokenizers))]
    public void SmallTokenizer_Cases_AreExact(int index)
    {
        JsonElement entry = Components.GetProperty("small_tokenizers")[index];
        Tokenizer tokenizer;
        try
        {
            tokenizer = Tokenizer.Parse(System.Text.Encoding.UTF8.GetBytes(entry.GetProperty("tokenizer").GetRawText()), [], "small");
        }
        catch (TokenizerException error)
        {
            Assert.Contains("not supported", error.Problem, StringComparison.Ordinal);
            return;
        }

        foreach (JsonElement item in entry.GetProperty("cases").EnumerateArray())
        {
            TokenizedText encoded = tokenizer.EncodeWithOffsets(item[0].GetString()!);
            Assert.Equal(item[1].EnumerateArray().Select(id => id.GetInt32()), encoded.Ids);
            Assert.Equal(item[2].EnumerateArray().Select(token => token.GetString()), encoded.Tokens);
            IEnumerable<int> offsets = encoded.Offsets.SelectMany(span => new[] { span.Start, span.End });
            Assert.Equal(item[3].EnumerateArray().Select(offset => offset.GetInt32()), offsets);
            Assert.Equal(item[4].GetString(), tokenizer.Decode([.. encoded.Ids]));
        }
    }

    [Theory]
    [InlineData("<x>", 5)]
    [InlineData("a <x>", 2, 0, 5)]
    [InlineData("ab<x>", 2, 3, 4, 4, 4)]
    [InlineData("a<y>b", 2, 0, 6, 2, 1)]
    public void AddedToken_Normalized_IsFoundOnlyWhereTheNormalizerPutTheSame(string text, params int[] ids)
    {
        string tokenizer = Components.GetProperty("small_tokenizers")[0].GetProperty("tokenizer").GetRawText();

        Assert.Equal(ids, Tokenizer.Parse(System.Text.Encoding.UTF8.GetBytes(tokenizer), [], "small").Encode(text));
    }

    [Fact]
    public void Normalizer_ThatDoublesTheTextEndlessly_IsStopped()
    {
        string doubling = """{"type": "Replace", "pattern": {"String": "a"}, "content": "aa"}""";
        string sequence = $$"""{"type": "Sequence", "normalizers": [{{string.Join(',', Enumerable.Repeat(doubling, 60))}}]}""";
        INormalizer normalizer = ReadOrNull(NormalizerKinds.All, sequence)!;

        TokenizerException error = Assert.Throws<TokenizerException>(() => normalizer.Normalize(Whole("a")));

        Assert.Contains("longer by more than", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Components_OfByteLevelPipelines_AreAllBuilt()
    {
        Assert.NotNull(ReadOrNull(NormalizerKinds.All, """{"type": "NFC"}"""));
        Assert.NotNull(ReadOrNull(PreTokenizerKinds.All, """{"type": "ByteLevel"}"""));
        Assert.NotNull(ReadOrNull(PreTokenizerKinds.All, """{"type": "Split", "pattern": {"String": " "}, "behavior": "Isolated"}"""));
        Assert.NotNull(ReadOrNull(DecoderKinds.All, """{"type": "ByteLevel"}"""));
    }

    private static AlignedText Whole(string text) => new(text.AsMemory(), 0, sources: null, tracked: true);

    private static T? ReadOrNull<T>(ComponentKinds<T> kinds, string component)
        where T : class
    {
        using JsonDocument document = JsonDocument.Parse(component);
        JsonElement empty = JsonDocument.Parse("{}").RootElement;
        LoadContext context = new("test", new TokenTable(Vocabulary.Read(new JsonField(empty, "vocab", "test")), []));
        try
        {
            return kinds.Read(new JsonField(document.RootElement, "component", "test"), context);
        }
        catch (TokenizerException error)
        {
            Assert.Contains("not supported", error.Problem, StringComparison.Ordinal);
            return null;
        }
    }

    private static TheoryData<string> Kinds(string group) =>
        [.. EntriesOf(group).Select(entry => entry.GetProperty("component").GetRawText()).Distinct()];

    private static IEnumerable<JsonElement> EntriesOf(string group) =>
        Components.GetProperty(group).EnumerateArray().Where(entry => entry.TryGetProperty("component", out _));

    private static IEnumerable<JsonElement> CasesOf(string group, string component) =>
        EntriesOf(group).Where(entry => entry.GetProperty("component").GetRawText() == component)
            .SelectMany(entry => entry.GetProperty("cases").EnumerateArray());

    private static JsonElement ReadComponents()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Fixtures.PathOf("tokenizers", "components.json")));
        return document.RootElement.Clone();
    }
}
