using CsCheck;
using DaprMoE.Text.Tokenization.Alignment;
using DaprMoE.Text.Tokenization.Normalizers;

namespace DaprMoE.Text.Tests.Tokenization;

public class TokenizerProperties
{
    private static readonly Tokenizer Qwen3 = Tokenizer.Load(Fixtures.PathOf("tokenizers", "qwen3"));

    /// <summary>Texts of words, digits, marks, spaces, emoji and control characters, close enough to each other to interact.</summary>
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.OneOf(" ", "  ", "\n", "\r\n", "\t", "\u2028", "'s", "'LL", "'\u017F", "<|im_end|>", "<think>"),
        Gen.OneOf("e\u0301", "\u0323\u0307", "\uAC00\u11A8", "\U0001F600", "\U0001D49C"),
        Gen.Char['\u0020', '\u007E'].Select(character => character.ToString()),
        Gen.Int[0, 0x10FFFF].Where(System.Text.Rune.IsValid).Select(char.ConvertFromUtf32)).Array[0, 30].Select(string.Concat);

    [Fact]
    public void Decode_OfEncode_IsTheNormalisedText() => Texts.Sample(text =>
    {
        Assert.Equal(Normalize(text), Qwen3.Decode(Qwen3.Encode(text)));
        Assert.Equal(Normalize(text), Qwen3.Decode(Qwen3.Encode(text, new EncodeOptions(SpecialAsText: true))));
    });

    [Fact]
    public void EncodeWithOffsets_AnyText_HasTheSameIdsAndOffsetsInOrder() => Texts.Sample(text =>
    {
        TokenizedText encoded = Qwen3.EncodeWithOffsets(text);
        Assert.Equal(Qwen3.Encode(text), encoded.Ids);
        int length = text.EnumerateRunes().Count();
        Assert.All(encoded.Offsets, span => Assert.True(0 <= span.Start && span.Start < span.End && span.End <= length));
        Assert.Equal(encoded.Offsets.Select(span => span.Start).Order(), encoded.Offsets.Select(span => span.Start));
    });

    [Fact]
    public void Detokenizer_AnyIds_AddsUpToDecode() =>
        Gen.Int[-2, Qwen3.VocabularySize + 2].Array[0, 40].Select(Gen.Bool).Sample((ids, skip) =>
        {
            Detokenizer detokenizer = Qwen3.CreateDetokenizer(skip);
            string[] chunks = [.. ids.Select(detokenizer.Append)];
            Assert.Equal(Qwen3.Decode(ids, skip), string.Concat(chunks) + detokenizer.Flush());
            Assert.All(chunks, chunk => Assert.True(chunk.Length == 0 || !char.IsHighSurrogate(chunk[^1])));
        });

    [Fact]
    public void Nfc_OfNfc_ChangesNothing() => Texts.Sample(text =>
    {
        string once = Normalize(text);
        Assert.Equal(once, Normalize(once));
    });

    private static string Normalize(string text) =>
        new NfcNormalizer().Normalize(new AlignedText(text.AsMemory(), 0, sources: null, tracked: false)).Characters.ToString();
}
