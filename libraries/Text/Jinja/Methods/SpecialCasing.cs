namespace DaprMoE.Text.Jinja.Methods;

/// <summary>Case mappings that .NET's simple ones don't have: those to several code points above all.</summary>
internal static class SpecialCasing
{
    public static string? Upper(int code) => code == 0xdf ? "SS" : null;

    public static string? Title(int code) => code == 0xdf ? "Ss" : null;

    public static string? Lower(int code) => code == 0x130 ? "i\u0307" : null;

    public static string? Fold(int code) => code == 0xdf ? "ss" : null;
}
