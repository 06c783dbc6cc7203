using System.Globalization;
using System.Text;
using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Methods;

/// <summary>Classes of code points as Python draws them.</summary>
internal static class CharacterClass
{
    private static readonly CodePointSet OtherLowerRanges = new(UnicodeFacts.OtherLower);
    private static readonly CodePointSet OtherUpperRanges = new(UnicodeFacts.OtherUpper);
    private static readonly CodePointSet OtherNumericRanges = new(UnicodeFacts.OtherNumeric);

    public static bool IsAlphabetic(int code) => Category(code) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
        or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter;

    public static bool IsAlphanumeric(int code) => IsAlphabetic(code) || IsNumeric(code);

    public static bool IsDecimal(int code) => Category(code) is UnicodeCategory.DecimalDigitNumber;

    public static bool IsDigit(int code)
    {
        string text = Text(code);
        return CharUnicodeInfo.GetDigitValue(text, 0) >= 0;
    }

    public static bool IsNumeric(int code) => IsDigit(code) || CharUnicodeInfo.GetNumericValue(Text(code), 0) is not -1
        || Category(code) is UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber || OtherNumericRanges.Contains(code);

    public static bool IsUpper(int code) => Category(code) is UnicodeCategory.UppercaseLetter || OtherUpperRanges.Contains(code);

    public static bool IsLower(int code) => Category(code) is UnicodeCategory.LowercaseLetter || OtherLowerRanges.Contains(code);

    public static bool IsCasedLetter(int code) => IsUpper(code) || IsLower(code) || Category(code) is UnicodeCategory.TitlecaseLetter;

    /// <summary>True when a text has letters with case, all of them of the one asked for.</summary>
    public static bool IsCased(string text, bool upper)
    {
        bool found = false;
        foreach (int code in CodePoints.Of(text))
        {
            bool fits = upper ? IsUpper(code) : IsLower(code);
            if (IsCasedLetter(code) && !fits)
            {
                return false;
            }

            found |= fits;
        }

        return found;
    }

    /// <summary>True when each capital follows no letter and each small letter follows one.</summary>
    public static bool IsTitle(string text)
    {
        bool found = false;
        bool afterLetter = false;
        foreach (int code in CodePoints.Of(text))
        {
            bool isCapital = IsCasedLetter(code) && !IsLower(code);
            if ((isCapital && afterLetter) || (IsLower(code) && !afterLetter))
            {
                return false;
            }

            afterLetter = IsCasedLetter(code);
            found |= isCapital;
        }

        return found;
    }

    public static bool IsWhiteSpace(int code) => code <= char.MaxValue && WhiteSpace.Is((char)code);

    private static UnicodeCategory Category(int code) => CharUnicodeInfo.GetUnicodeCategory(code);

    private static string Text(int code) => Rune.IsValid(code) ? new Rune(code).ToString() : "\ufffd";
}
