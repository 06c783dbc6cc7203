using DaprMoE.Text.Tokenization;
using DaprMoE.Text.Tokenization.Loading;
using DaprMoE.Text.Unicode;

namespace DaprMoE.Text;

/// <summary>
/// The tokenizer of a model, exactly as its tokenizer.json describes it. May be used by many threads at once. A lone surrogate in a text
/// counts as U+FFFD.
/// </summary>
public sealed class Tokenizer
{
    private const string TokenizerFile = "tokenizer.json";
    private const string ConfigFile = "tokenizer_config.json";

    private readonly TokenizerParts _parts;
    private readonly TextEncoder _encoder;

    private Tokenizer(TokenizerParts parts)
    {
        _parts = parts;
        _encoder = new TextEncoder(parts);
    }

    /// <summary>How many tokens there are, added tokens included.</summary>
    public int VocabularySize => _parts.Tokens.Count;

    /// <summary>The largest token id, added tokens included; at least <see cref="VocabularySize"/> - 1, and more where ids have holes.
    /// -1 if there are no tokens.</summary>
    public int LargestId => _parts.Tokens.LargestId;

    /// <summary>The special tokens that tokenizer_config.json names, such as <c>eos_token</c>, with their texts.</summary>
    public IReadOnlyDictionary<string, string> SpecialTokens => _parts.SpecialTokens;

    /// <summary>Reads tokenizer.json, and tokenizer_config.json where there is one, from a model folder.</summary>
    /// <param name="folder">The model folder.</param>
    /// <returns>The tokenizer.</returns>
    /// <exception cref="TokenizerException">A file is missing, malformed, or names something that is not supported.</exception>
    public static Tokenizer Load(string folder)
    {
        string tokenizer = Path.Combine(folder, TokenizerFile);
        string config = Path.Combine(folder, ConfigFile);
        if (!File.Exists(tokenizer))
        {
            throw new TokenizerException(tokenizer, string.Empty, "there is no such file; a model folder must hold a tokenizer.json");
        }

        return Parse(File.ReadAllBytes(tokenizer), File.Exists(config) ? File.ReadAllBytes(config) : [], tokenizer);
    }

    /// <summary>Reads a tokenizer from the contents of its files.</summary>
    /// <param name="tokenizerJson">The content of tokenizer.json.</param>
    /// <param name="tokenizerConfig">The content of tokenizer_config.json; empty if there is none.</param>
    /// <param name="source">The name of tokenizer.json in errors.</param>
    /// <returns>The tokenizer.</returns>
    /// <exception cref="TokenizerException">A file is malformed or names something that is not supported.</exception>
    public static Tokenizer Parse(ReadOnlySpan<byte> tokenizerJson, ReadOnlySpan<byte> tokenizerConfig, string source) =>
        Parse(tokenizerJson.ToArray(), tokenizerConfig.ToArray(), source);

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">Whether special tokens are added and parsed; by default they are parsed and not added.</param>
    /// <returns>Token ids.</returns>
    /// <exception cref="TokenizerException">The file's pattern takes too many steps on this text.</exception>
    public int[] Encode(string text, EncodeOptions options = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<TextToken> tokens = _encoder.Encode([Utf16.ReplaceLoneSurrogates(text)], options, tracked: false);
        int[] ids = new int[tokens.Count];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = tokens[i].Id;
        }

        return ids;
    }

    /// <summary>Encodes a text and tells which part of it each token stands for.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">Whether special tokens are added and parsed.</param>
    /// <returns>Token ids with offsets in code points.</returns>
    /// <exception cref="TokenizerException">The file's pattern takes too many steps on this text.</exception>
    public TokenizedText EncodeWithOffsets(string text, EncodeOptions options = default) => EncodeTexts([text], options);

    /// <summary>Encodes two texts that belong together, as the post-processor's template for pairs says.</summary>
    /// <param name="first">The first text.</param>
    /// <param name="second">The second text.</param>
    /// <param name="options">Whether special tokens are added and parsed.</param>
    /// <returns>Token ids with offsets in code points, each within its own text.</returns>
    /// <exception cref="TokenizerException">The file's pattern takes too many steps on a text.</exception>
    public TokenizedText EncodePair(string first, string second, EncodeOptions options = default) => EncodeTexts([first, second], options);

    /// <summary>Decodes tokens. Each maximal ill-formed part of their bytes becomes U+FFFD.</summary>
    /// <param name="ids">Token ids; those that are not in the vocabulary are left out.</param>
    /// <param name="skipSpecialTokens">Whether special tokens are left out.</param>
    /// <returns>The text.</returns>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = false)
    {
        List<string> tokens = new(ids.Length);
        foreach (int id in ids)
        {
            if (_parts.Tokens.TextOf(id) is { } token && !(skipSpecialTokens && _parts.Tokens.IsSpecial(id)))
            {
                tokens.Add(token);
            }
        }

        return string.Concat(_parts.Decoder.Decode(tokens));
    }

    /// <summary>Begins to decode tokens one by one.</summary>
    /// <param name="skipSpecialTokens">Whether special tokens are left out.</param>
    /// <returns>A detokenizer for one stream of tokens.</returns>
    public Detokenizer CreateDetokenizer(bool skipSpecialTokens = true) =>
        new(_parts.Tokens, _parts.Decoder.CreateStream(), skipSpecialTokens);

    /// <summary>
    /// The string that stands for a token in the vocabulary; byte-level tokenizers write bytes as other characters there.
    /// </summary>
    /// <param name="id">A token id.</param>
    /// <returns>The string, or null if no token has the id.</returns>
    public string? TokenText(int id) => _parts.Tokens.TextOf(id);

    /// <summary>The id of a token.</summary>
    /// <param name="token">Its string in the vocabulary.</param>
    /// <returns>The id, or null if there is no such token.</returns>
    public int? TokenId(string token) => _parts.Tokens.IdOf(token);

    /// <summary>Whether a token is a control token rather than text.</summary>
    /// <param name="id">A token id.</param>
    /// <returns>True for added tokens that the file marks as special.</returns>
    public bool IsSpecial(int id) => _parts.Tokens.IsSpecial(id);

    private static Tokenizer Parse(byte[] tokenizerJson, byte[] tokenizerConfig, string source)
    {
        string configSource = Path.Combine(Path.GetDirectoryName(source) ?? string.Empty, ConfigFile);
        TokenizerConfig config = TokenizerConfig.Parse(tokenizerConfig, configSource);
        return new Tokenizer(TokenizerReader.Read(tokenizerJson, config, source));
    }

    private TokenizedText EncodeTexts(string[] texts, EncodeOptions options)
    {
        Array.ForEach(texts, text => ArgumentNullException.ThrowIfNull(text));
        string[] wellFormed = [.. texts.Select(Utf16.ReplaceLoneSurrogates)];
        List<TextToken> tokens = _encoder.Encode(wellFormed, options, tracked: true);
        return new TokenizedText(
            [.. tokens.Select(token => token.Id)],
            [.. tokens.Select(token => token.Matched ?? _parts.Tokens.TextOf(token.Id) ?? string.Empty)],
            [.. tokens.Select(token => token.Offset)],
            [.. tokens.Select(token => token.Sequence)],
            [.. tokens.Select(token => token.AddedByTemplate)]);
    }
}
