using DaprMoE.Text.Tokenization;
using DaprMoE.Text.Tokenization.Decoders;

namespace DaprMoE.Text;

/// <summary>
/// Decodes tokens one by one as a model makes them. All texts joined are what <see cref="Tokenizer.Decode"/> makes of all tokens. For one
/// thread.
/// </summary>
public sealed class Detokenizer
{
    private readonly TokenTable _tokens;
    private readonly IDecoderStream _stream;
    private readonly bool _skipSpecialTokens;
    private readonly List<TokenPart> _output = [];

    internal Detokenizer(TokenTable tokens, IDecoderStream stream, bool skipSpecialTokens)
    {
        _tokens = tokens;
        _stream = stream;
        _skipSpecialTokens = skipSpecialTokens;
    }

    /// <summary>Adds a token.</summary>
    /// <param name="id">A token id; one that is not in the vocabulary is left out.</param>
    /// <returns>The text that can no longer change and was not returned before; empty while a character is incomplete.</returns>
    public string Append(int id)
    {
        string? token = _skipSpecialTokens && _tokens.IsSpecial(id) ? null : _tokens.TextOf(id);
        if (token is null)
        {
            return string.Empty;
        }

        _stream.Append(new TokenPart(token, Continues: false), _output);
        return TakeOutput();
    }

    /// <summary>Ends the text. An incomplete character becomes U+FFFD.</summary>
    /// <returns>The text that was held back.</returns>
    public string Flush()
    {
        _stream.Flush(_output);
        return TakeOutput();
    }

    private string TakeOutput()
    {
        string text = _output.Count == 1 ? _output[0].Text : string.Concat(_output.Select(part => part.Text));
        _output.Clear();
        return text;
    }
}
