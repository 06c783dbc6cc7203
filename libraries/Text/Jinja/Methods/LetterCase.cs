using System.Globalization;
using System.Text;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Methods;

/// <summary>Case mappings of Unicode, which may change a text's length; no culture takes part.</summary>
internal static class LetterCase
{
    private const int Sigma = 0x3a3;

    public static string Upper(string text) =>
        Ascii.IsValid(text) ? text.ToUpperInvariant() : Map(text, (_, _, code) => UpperOf(code));

    public static string Lower(string text) => Ascii.IsValid(text) ? text.ToLowerInvariant() : Map(text, LowerOf);

    public static string Fold(string text) => Map(text, (_, _, code) => SpecialCasing.Fold(code) ?? Simple(code, upper: false));

    /// <summary>Capitalises each letter that follows no letter.</summary>
    public static string Title(string text)
    {
        bool afterLetter = false;
        return Map(text, (all, at, code) =>
        {
            string mapped = afterLetter ? LowerOf(all, at, code) : TitleOf(code);
            afterLetter = CharacterClass.IsCasedLetter(code);
            return mapped;
        });
    }

    public static string Capitalize(string text) =>
        Map(text, (all, at, code) => at == 0 ? TitleOf(code) : LowerOf(all, at, code));

    public static string Swap(string text) => Map(text, (all, at, code) => CharacterClass.IsUpper(code) ? LowerOf(all, at, code)
        : CharacterClass.IsLower(code) ? UpperOf(code)
        : char.ConvertFromUtf32(code));

    private static string Map(string text, Func<string, int, int, string> map)
    {
        StringBuilder result = new(text.Length);
        for (int i = 0; i < text.Length; i += CodePoints.Width(text, i))
        {
            if (char.IsSurrogate(text[i]) && !CodePoints.IsPair(text, i))
            {
                result.Append(text[i]);
                continue;
            }

            result.Append(map(text, i, char.ConvertToUtf32(text, i)));
        }

        return result.ToString();
    }

    private static string UpperOf(int code) => SpecialCasing.Upper(code) ?? Simple(code, upper: true);

    private static string TitleOf(int code) => SpecialCasing.Title(code) ?? UpperOf(code);

    private static string LowerOf(string text, int at, int code) =>
        code == Sigma ? FinalSigma(text, at) : SpecialCasing.Lower(code) ?? Simple(code, upper: false);

    private static string Simple(int code, bool upper)
    {
        Rune rune = new(code);
        return (upper ? Rune.ToUpperInvariant(rune) : Rune.ToLowerInvariant(rune)).ToString();
    }

    /// <summary>A sigma at the end of a word has a form of its own.</summary>
    private static string FinalSigma(string text, int at)
    {
        int before = at - 1;
        while (before >= 0 && IsIgnorable(text[before]))
        {
            before--;
        }

        int after = at + 1;
        while (after < text.Length && IsIgnorable(text[after]))
        {
            after++;
        }

        bool follows = before >= 0 && CharacterClass.IsCasedLetter(text[before]);
        bool isFollowed = after < text.Length && CharacterClass.IsCasedLetter(text[after]);
        return follows && !isFollowed ? "\u03c2" : "\u03c3";
    }

    private static bool IsIgnorable(char one) => one is '\'' or '.' or ':' or '\u00b7' or '\u2019'
        || CharUnicodeInfo.GetUnicodeCategory(one)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
        or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;
}
