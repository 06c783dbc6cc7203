using System.Collections.Frozen;
using System.Globalization;

namespace DaprMoE.Text.Jinja.Methods;

/// <summary>Case mappings that .NET's simple ones don't have: those to several code points above all.</summary>
internal static class SpecialCasing
{
    private static readonly FrozenDictionary<int, string> UpperTable = Read(UnicodeFacts.Upper);
    private static readonly FrozenDictionary<int, string> TitleTable = Read(UnicodeFacts.Title);
    private static readonly FrozenDictionary<int, string> FoldTable = Read(UnicodeFacts.Fold);

    public static string? Upper(int code) => UpperTable.GetValueOrDefault(code);

    public static string? Title(int code) => TitleTable.GetValueOrDefault(code);

    public static string? Lower(int code) => code == 0x130 ? "i\u0307" : null;

    public static string? Fold(int code) => FoldTable.GetValueOrDefault(code);

    private static FrozenDictionary<int, string> Read(string facts) => facts
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(fact => fact.Split('='))
        .ToFrozenDictionary(fact => Code(fact[0]), fact => Text(fact[1]));

    private static string Text(string codes) => string.Concat(codes.Split('.').Select(code => char.ConvertFromUtf32(Code(code))));

    private static int Code(string digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
