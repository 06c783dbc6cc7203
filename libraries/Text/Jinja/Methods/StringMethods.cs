using DaprMoE.Text.Jinja.Natives;

namespace DaprMoE.Text.Jinja.Methods;

/// <summary>The methods of text. A new one is one more entry of one of the groups.</summary>
internal static class StringMethods
{
    public static readonly MethodTable Table = new(
        [.. CaseMethods.Entries, .. SearchMethods.Entries, .. SplitMethods.Entries, .. LayoutMethods.Entries, .. CharacterMethods.Entries]);
}
