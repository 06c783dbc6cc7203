using System.Collections.Frozen;
using System.Globalization;

namespace DaprMoE.Text.Jinja.Methods;

/// <summary>Case mappings that .NET's simple ones don't have: those to several code points above all.</summary>
internal static class SpecialCasing
{
    private static readonly FrozenDictionary<int, string> _upperTable = Read(UnicodeFacts.Upper);
    private static readonly FrozenDictionary<int, string> _titleTable = Read(UnicodeFacts.Title);
    private static readonly FrozenDictionary<int, string> _foldTable = Read(UnicodeFacts.Fold);

    public static string? Upper(int code) => _upperTable.GetValueOrDefault(code);

    public static string? Title(int code) => _titleTable.GetValueOrDefault(code);

    public static string? Lower(int code) => code == 0x130 ? "i\u0307" : null;

    public static string? Fold(int code) => _foldTable.GetValueOrDefault(code);

    private static FrozenDictionary<int, string> Read(string facts) => facts
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(fact => fact.Split('='))
        .ToFrozenDictionary(fact => Code(fact[0]), fact => Text(fact[1]));

    private static string Text(string codes) => string.Concat(codes.Split('.').Select(code => char.ConvertFromUtf32(Code(code))));

    private static int Code(string digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
