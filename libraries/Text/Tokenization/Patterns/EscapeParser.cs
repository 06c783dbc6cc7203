using System.Globalization;
using System.Text;
using DaprMoE.Text.Unicode;

namespace DaprMoE.Text.Tokenization.Patterns;

/// <summary>Parses what follows a backslash where it stands for one code point of a set, inside brackets and outside.</summary>
internal static class EscapeParser
{
    private static readonly CodePointSet HexDigit = CodePointSet.FromBounds(['0', '9', 'A', 'F', 'a', 'f']);

    public static CodePointSet Parse(PatternCursor cursor, bool ignoreCase)
    {
        int letter = cursor.Take();
        return letter switch
        {
            's' => CharacterClass.WhiteSpace,
            'S' => CharacterClass.WhiteSpace.Complement(),
            'd' => CharacterClass.DecimalDigit,
            'D' => CharacterClass.DecimalDigit.Complement(),
            'w' => CharacterClass.Word,
            'W' => CharacterClass.Word.Complement(),
            'h' => HexDigit,
            'H' => HexDigit.Complement(),
            'p' => ParseProperty(cursor, negative: false),
            'P' => ParseProperty(cursor, negative: true),
            'r' => Single('\r'),
            'n' => Single('\n'),
            't' => Single('\t'),
            'f' => Single('\f'),
            'v' => Single('\v'),
            'a' => Single('\a'),
            'e' => Single('\u001B'),
            'x' when cursor.TryTake("{") => CaseVariants.Of(ParseHexadecimal(cursor, cursor.TakeUntil('}')), ignoreCase, cursor),
            'x' => CaseVariants.Of(ParseHexadecimal(cursor, cursor.TakeDigits(2)), ignoreCase, cursor),
            'u' => CaseVariants.Of(ParseHexadecimal(cursor, cursor.TakeDigits(4)), ignoreCase, cursor),
            < 128 when char.IsAsciiLetterOrDigit((char)letter) => throw cursor.Error($"the escape \\{(char)letter} is not supported"),
            _ => CaseVariants.Of(letter, ignoreCase, cursor),
        };
    }

    private static CodePointSet ParseProperty(PatternCursor cursor, bool negative)
    {
        if (!cursor.TryTake("{"))
        {
            throw cursor.Error("\\p must be followed by {name}");
        }

        negative ^= cursor.TryTake("^");
        string name = cursor.TakeUntil('}');
        CodePointSet set = CharacterClass.Find(name)
            ?? throw cursor.Error($"\\p{{{name}}} is not supported; supported are {string.Join(", ", CharacterClass.PropertyNames)}");
        return negative ? set.Complement() : set;
    }

    private static int ParseHexadecimal(PatternCursor cursor, string digits) =>
        int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int codePoint) && Rune.IsValid(codePoint)
            ? codePoint
            : throw cursor.Error($"\"{digits}\" is no code point");

    private static CodePointSet Single(int codePoint) => CodePointSet.Range(codePoint, codePoint);
}
