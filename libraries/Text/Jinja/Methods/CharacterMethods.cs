using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Methods;

/// <summary>Methods that ask what characters a text has.</summary>
internal static class CharacterMethods
{
    public static readonly Native[] Entries =
    [
        All("isalpha", CharacterClass.IsAlphabetic),
        All("isalnum", CharacterClass.IsAlphanumeric),
        All("isdecimal", CharacterClass.IsDecimal),
        All("isdigit", CharacterClass.IsDigit),
        All("isnumeric", CharacterClass.IsNumeric),
        All("isspace", CharacterClass.IsWhiteSpace),
        Of("isascii", text => text.All(char.IsAscii)),
        Of("islower", text => CharacterClass.IsCased(text, upper: false)),
        Of("isupper", text => CharacterClass.IsCased(text, upper: true)),
        Of("istitle", CharacterClass.IsTitle),
        Of("isidentifier", IsIdentifier),
    ];

    private static Native All(string name, Func<int, bool> test) => Of(name, text => text.Length > 0 && CodePoints.Of(text).All(test));

    private static Native Of(string name, Func<string, bool> test) => new(name, "", call => Test(call, test));

    private static BoolValue Test(NativeCall call, Func<string, bool> test)
    {
        string text = ((StringValue)call.Subject).Text;
        call.Meter.Scan(text.Length);
        return BoolValue.Of(test(text));
    }

    private static bool IsIdentifier(string text) => text.Length > 0
        && (text[0] == '_' || CharacterClass.IsAlphabetic(char.IsSurrogate(text[0]) ? CodePoints.Of(text).First() : text[0]))
        && CodePoints.Of(text).All(code => code == '_' || CharacterClass.IsAlphanumeric(code));
}
