using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Methods;

/// <summary>Methods that change the case of letters.</summary>
internal static class CaseMethods
{
    public static readonly Native[] Entries =
    [
        Of("upper", LetterCase.Upper),
        Of("lower", LetterCase.Lower),
        Of("casefold", LetterCase.Fold),
        Of("title", LetterCase.Title),
        Of("capitalize", LetterCase.Capitalize),
        Of("swapcase", LetterCase.Swap),
    ];

    private static Native Of(string name, Func<string, string> change) =>
        new(name, "", call => call.Give(change(((StringValue)call.Subject).Text)));
}
