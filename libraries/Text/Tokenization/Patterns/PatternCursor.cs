using System.Globalization;
using System.Text;

namespace DaprMoE.Text.Tokenization.Patterns;

/// <summary>A position in a regular expression that is being parsed, code point by code point.</summary>
internal sealed class PatternCursor(string expression)
{
    private int _position;

    public bool AtEnd => _position == expression.Length;

    /// <summary>The next UTF-16 unit; the expression is not at its end.</summary>
    public char Peek => expression[_position];

    /// <summary>Reads one code point.</summary>
    public int Take()
    {
        if (AtEnd)
        {
            throw Error("the pattern ends early");
        }

        _ = Rune.DecodeFromUtf16(expression.AsSpan(_position), out Rune rune, out int consumed);
        _position += consumed;
        return rune.Value;
    }

    public bool TryTake(string text)
    {
        if (!expression.AsSpan(_position).StartsWith(text, StringComparison.Ordinal))
        {
            return false;
        }

        _position += text.Length;
        return true;
    }

    /// <summary>Reads the first of the texts that stands here; null if none does.</summary>
    public string? TakeFirstOf(params ReadOnlySpan<string> texts)
    {
        foreach (string text in texts)
        {
            if (TryTake(text))
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>Reads everything up to a terminator, which is consumed too.</summary>
    public string TakeUntil(char terminator)
    {
        int end = expression.IndexOf(terminator, _position);
        if (end < 0)
        {
            throw Error($"\"{terminator}\" is missing");
        }

        string text = expression[_position..end];
        _position = end + 1;
        return text;
    }

    /// <summary>Reads a decimal number; null if there is none.</summary>
    public int? TakeNumber()
    {
        const int MostDigits = 6;
        int start = _position;
        while (!AtEnd && char.IsAsciiDigit(Peek) && _position - start < MostDigits)
        {
            _position++;
        }

        return _position == start ? null : int.Parse(expression.AsSpan(start, _position - start), CultureInfo.InvariantCulture);
    }

    /// <summary>Reads exactly so many hexadecimal digits.</summary>
    public string TakeDigits(int count)
    {
        if (_position + count > expression.Length)
        {
            throw Error("the pattern ends early");
        }

        string text = expression.Substring(_position, count);
        _position += count;
        return text;
    }

    public FormatException Error(string problem) => new($"{problem} (at character {_position})");
}
