using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Lexing;

/// <summary>A piece of the template. <paramref name="Literal"/> is the value of a string or a number.</summary>
internal sealed record Token(TokenKind Kind, string Text, int Line, Value? Literal = null)
{
    /// <summary>The token in words, for messages.</summary>
    public string Described => Kind switch
    {
        TokenKind.End => "the end of the template",
        TokenKind.TagEnd => "the end of the tag '%}'",
        TokenKind.OutputEnd => "the end of the expression '}}'",
        TokenKind.Text => "text",
        _ => $"'{Text}'",
    };

    public bool Is(TokenKind kind, string text) => Kind == kind && Text == text;
}
