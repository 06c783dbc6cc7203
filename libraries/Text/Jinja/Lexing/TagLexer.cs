namespace DaprMoE.Text.Jinja.Lexing;

/// <summary>Cuts the inside of a tag or an output into tokens.</summary>
internal sealed class TagLexer(SourceCursor cursor, List<Token> tokens)
{
    private static readonly string[] LongOperators = ["//", "**", "==", "!=", "<=", ">="];

    private readonly Stack<char> _open = new();

    /// <summary>Takes tokens up to and with the end, of which open brackets hide what looks like one.</summary>
    public void TakeUntilEnd(bool isTag, int beginLine)
    {
        _open.Clear();
        while (true)
        {
            cursor.SkipWhiteSpace();
            if (cursor.AtEnd)
            {
                throw new JinjaException($"the tag is never closed; expected '{(isTag ? "%}" : "}}")}'", line: beginLine);
            }

            if (_open.Count == 0 && TakeEnd(isTag))
            {
                return;
            }

            TakeToken();
        }
    }

    private bool TakeEnd(bool isTag)
    {
        string end = isTag ? "%}" : "}}";
        char sign = cursor.Current == '-' || (isTag && cursor.Current == '+') ? cursor.Current : '\0';
        if (!cursor.StartsWith(sign == '\0' ? end : sign + end))
        {
            return false;
        }

        tokens.Add(new Token(isTag ? TokenKind.TagEnd : TokenKind.OutputEnd, end, cursor.Line));
        cursor.Take(sign == '\0' ? 2 : 3);
        if (sign == '-')
        {
            cursor.SkipWhiteSpace();
        }
        else if (isTag && sign == '\0' && cursor.Current == '\n')
        {
            cursor.Take(1);
        }

        return true;
    }

    private void TakeToken()
    {
        int line = cursor.Line;
        char first = cursor.Current;
        if (char.IsAsciiDigit(first))
        {
            tokens.Add(NumberLexer.Take(cursor, afterDot: tokens[^1].Is(TokenKind.Operator, ".")));
        }
        else if (first == '_' || char.IsLetter(first))
        {
            tokens.Add(new Token(TokenKind.Name, TakeName(), line));
        }
        else if (first is '\'' or '"')
        {
            tokens.Add(StringLexer.Take(cursor));
        }
        else
        {
            TakeOperator(line);
        }
    }

    private string TakeName()
    {
        int length = 1;
        while (cursor.At(length) == '_' || char.IsLetterOrDigit(cursor.At(length)))
        {
            length++;
        }

        return cursor.Take(length);
    }

    private void TakeOperator(int line)
    {
        string? symbol = Array.Find(LongOperators, cursor.StartsWith);
        symbol ??= "+-/*%~[](){}<>=.:|,;".Contains(cursor.Current) ? cursor.Current.ToString() : null;
        if (symbol is null)
        {
            throw new JinjaException($"unexpected character '{cursor.Current}' in a tag", line: line);
        }

        Balance(symbol, line);
        cursor.Take(symbol.Length);
        tokens.Add(new Token(TokenKind.Operator, symbol, line));
    }

    private void Balance(string symbol, int line)
    {
        switch (symbol)
        {
            case "(":
                _open.Push(')');
                break;
            case "[":
                _open.Push(']');
                break;
            case "{":
                _open.Push('}');
                break;
            case ")" or "]" or "}" when !_open.TryPop(out char expected) || expected != symbol[0]:
                string wanted = expected == '\0' ? "no bracket is open" : $"expected '{expected}'";
                throw new JinjaException($"unexpected '{symbol}'; {wanted}", line: line);
        }
    }
}
