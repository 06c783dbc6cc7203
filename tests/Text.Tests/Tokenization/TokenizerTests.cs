using System.Text;

namespace DaprMoE.Text.Tests.Tokenization;

public class TokenizerTests
{
    private static readonly Tokenizer TinyMoe = Tokenizer.Load(Fixtures.PathOf("tokenizers", "tiny-moe"));

    [Fact]
    public void Encode_LoneSurrogate_CountsAsReplacementCharacter()
    {
        // Attributes cannot hold lone surrogates, so the cases stand here.
        (string Text, string SameAs)[] cases =
        [
            ("a\uD800b", "a\uFFFDb"),
            ("\uDC00", "\uFFFD"),
            ("x\uDE00\uD83D", "x\uFFFD\uFFFD"),
            ("\uD83D\uDE00\uD83D", "\uD83D\uDE00\uFFFD"),
        ];
        Assert.All(cases, item =>
        {
            TokenizedText encoded = TinyMoe.EncodeWithOffsets(item.Text);

            Assert.Equal(TinyMoe.Encode(item.SameAs), encoded.Ids);
            Assert.Equal(TinyMoe.EncodeWithOffsets(item.SameAs).Offsets, encoded.Offsets);
            Assert.Equal(item.SameAs, TinyMoe.Decode([.. encoded.Ids]));
        });
    }

    [Fact]
    public void Encode_SpecialToken_IsParsedUnlessItIsText()
    {
        int[] parsed = TinyMoe.Encode("<|im_start|>user");
        int[] asText = TinyMoe.Encode("<|im_start|>user", new EncodeOptions(SpecialAsText: true));

        Assert.Equal(TinyMoe.TokenId("<|im_start|>"), parsed[0]);
        Assert.DoesNotContain(asText, TinyMoe.IsSpecial);
        Assert.Equal("<|im_start|>user", TinyMoe.Decode(asText));
        Assert.Equal("user", TinyMoe.Decode(parsed, skipSpecialTokens: true));
    }

    [Fact]
    public void SpecialTokens_FromTheConfig_NameTextsOfTheVocabulary()
    {
        Assert.Equal("<|im_end|>", TinyMoe.SpecialTokens["eos_token"]);
        Assert.False(TinyMoe.SpecialTokens.ContainsKey("bos_token"));
        Assert.All(TinyMoe.SpecialTokens.Values, token => Assert.True(TinyMoe.IsSpecial(TinyMoe.TokenId(token)!.Value)));
    }

    [Fact]
    public void TokenText_EveryId_LeadsBackToTheId()
    {
        Assert.All(Enumerable.Range(0, TinyMoe.VocabularySize), id => Assert.Equal(id, TinyMoe.TokenId(TinyMoe.TokenText(id)!)));
        Assert.Null(TinyMoe.TokenText(TinyMoe.VocabularySize));
        Assert.Null(TinyMoe.TokenText(-1));
        Assert.Null(TinyMoe.TokenId("no such token"));
    }

    [Fact]
    public void LargestId_WithHoles_IsTheLargestOfBothKinds()
    {
        Assert.Equal(TinyMoe.VocabularySize - 1, TinyMoe.LargestId);
        Assert.Equal(9, WithAdded("").LargestId);
        Assert.Equal(30, WithAdded("""{"id":30,"content":"<x>","special":true}""").LargestId);

        static Tokenizer WithAdded(string token) => Tokenizer.Parse(
            Encoding.UTF8.GetBytes("""{"added_tokens":[""" + token + """],"model":{"type":"BPE","vocab":{"a":0,"b":9},"merges":[]}}"""),
            default, "tokenizer.json");
    }

    [Fact]
    public void Load_FolderWithoutTokenizer_NamesTheFile()
    {
        string folder = Fixtures.PathOf("safetensors-bad");

        TokenizerException error = Assert.Throws<TokenizerException>(() => Tokenizer.Load(folder));

        Assert.Contains(Path.Combine(folder, "tokenizer.json"), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('a')]
    [InlineData('=')]
    [InlineData(' ')]
    [InlineData('\u0301')]
    [InlineData('今')]
    public void Encode_LongRunOfOneCharacter_IsNotQuadratic(char character)
    {
        string text = new(character, 320_000);
        using CancellationTokenSource deadline = new(TimeSpan.FromSeconds(20));

        int[] ids = TinyMoe.Encode(text);

        Assert.Equal(text, TinyMoe.Decode(ids));
        Assert.False(deadline.IsCancellationRequested, "A quadratic merge loop takes minutes here.");
    }

    [Fact]
    public void Encode_ManyThreadsOnAFreshTokenizer_AllAgree()
    {
        Tokenizer shared = Tokenizer.Load(Fixtures.PathOf("tokenizers", "qwen3"));
        string[] texts = [.. Enumerable.Range(0, 200).Select(number => $"The {number}th text, café, 今天 {number} 👍🏽 it's fine\n\n")];
        Tokenizer alone = Tokenizer.Load(Fixtures.PathOf("tokenizers", "qwen3"));
        string[] expected = [.. texts.Select(text => string.Join(' ', alone.Encode(text)))];

        ParallelLoopResult result = Parallel.For(0, texts.Length * 20, index =>
        {
            int text = index % texts.Length;
            Assert.Equal(expected[text], string.Join(' ', shared.Encode(texts[text])));
        });

        Assert.True(result.IsCompleted);
    }
}
