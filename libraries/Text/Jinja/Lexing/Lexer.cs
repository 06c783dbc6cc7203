using DaprMoE.Text.Jinja.Formatting;

namespace DaprMoE.Text.Jinja.Lexing;

/// <summary>
/// Cuts a template into tokens as Jinja does with <c>trim_blocks</c> and <c>lstrip_blocks</c>: the line break after a tag goes, and so do
/// the blanks between the start of a line and a tag.
/// </summary>
internal sealed class Lexer
{
    private readonly SourceCursor _cursor;
    private readonly List<Token> _tokens = [];
    private readonly TagLexer _tags;

    private Lexer(string source)
    {
        _cursor = new SourceCursor(source);
        _tags = new TagLexer(_cursor, _tokens);
    }

    public static List<Token> Tokenize(string source)
    {
        string text = source.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        Lexer lexer = new(text.EndsWith('\n') ? text[..^1] : text);
        lexer.Run();
        return lexer._tokens;
    }

    private void Run()
    {
        while (!_cursor.AtEnd)
        {
            int next = NextMark();
            if (next < 0)
            {
                AddText(_cursor.Take(_cursor.Source.Length - _cursor.Position), _cursor.Line);
                break;
            }

            TakeText(next);
            TakeMarked();
        }

        _tokens.Add(new Token(TokenKind.End, "", _cursor.Line));
    }

    /// <summary>Index of the next <c>{{</c>, <c>{%</c> or <c>{#</c>, or -1.</summary>
    private int NextMark()
    {
        string source = _cursor.Source;
        int at = source.IndexOf('{', _cursor.Position);
        while (at >= 0 && !(at + 1 < source.Length && (source[at + 1] is '{' or '%' or '#')))
        {
            at = source.IndexOf('{', at + 1);
        }

        return at;
    }

    /// <summary>Takes the text before a mark, stripped as the mark's sign says.</summary>
    private void TakeText(int mark)
    {
        bool lineStarts = _cursor.AtLineStart;
        int line = _cursor.Line;
        string text = _cursor.Take(mark - _cursor.Position);
        char sign = _cursor.At(2);
        bool isOutput = _cursor.At(1) == '{';
        if (sign == '-')
        {
            text = WhiteSpace.TrimEnd(text);
        }
        else if (sign != '+' && !isOutput)
        {
            text = WithoutIndent(text, lineStarts);
        }

        AddText(text, line);
    }

    private static string WithoutIndent(string text, bool lineStarts)
    {
        int lineStart = text.LastIndexOf('\n') + 1;
        bool isIndent = (lineStart > 0 || lineStarts) && text.Skip(lineStart).All(WhiteSpace.Is);
        return isIndent ? text[..lineStart] : text;
    }

    private void AddText(string text, int line)
    {
        if (text.Length > 0)
        {
            _tokens.Add(new Token(TokenKind.Text, text, line));
        }
    }

    private void TakeMarked()
    {
        char kind = _cursor.At(1);
        int line = _cursor.Line;
        int begin = _cursor.At(2) is '-' or '+' ? 3 : 2;
        switch (kind)
        {
            case '#':
                _cursor.Take(begin);
                SkipComment(line);
                break;
            case '%' when RawBlock.BeginLength(_cursor) is { } length:
                _cursor.Take(length);
                TakeRaw(line);
                break;
            default:
                _cursor.Take(begin);
                _tokens.Add(new Token(kind == '%' ? TokenKind.TagBegin : TokenKind.OutputBegin, kind == '%' ? "{%" : "{{", line));
                _tags.TakeUntilEnd(kind == '%', line);
                break;
        }
    }

    private void SkipComment(int line)
    {
        int end = _cursor.Source.IndexOf("#}", _cursor.Position, StringComparison.Ordinal);
        if (end < 0)
        {
            throw new JinjaException("the comment is never closed; expected '#}'", line: line);
        }

        char sign = end > _cursor.Position ? _cursor.Source[end - 1] : '\0';
        _cursor.Take(end + 2 - _cursor.Position);
        AfterEnd(sign);
    }

    private void TakeRaw(int line)
    {
        if (RawBlock.FindEnd(_cursor.Source, _cursor.Position) is not { } end)
        {
            throw new JinjaException("the raw block is never closed; expected '{% endraw %}'", line: line);
        }

        TakeText(end.Start);
        _cursor.Take(end.Length);
        AfterEnd(end.Sign);
    }

    /// <summary>What the end of a tag takes with it: all white space after <c>-</c>, nothing after <c>+</c>, else one line break.</summary>
    private void AfterEnd(char sign)
    {
        if (sign == '-')
        {
            _cursor.SkipWhiteSpace();
        }
        else if (sign != '+' && _cursor.Current == '\n')
        {
            _cursor.Take(1);
        }
    }
}
