using DaprMoE.Text.Tokenization.Loading;

namespace DaprMoE.Text.Tokenization.PreTokenizers;

/// <summary>The settings that pre-tokenizer and decoder of type Metaspace share.</summary>
/// <param name="Replacement">The character that stands for a space.</param>
/// <param name="Scheme">Where it is put in front.</param>
/// <param name="Split">Whether text is cut before each of them.</param>
internal sealed record MetaspaceSettings(string Replacement, PrependScheme Scheme, bool Split)
{
    private const string DefaultReplacement = "\u2581";

    public static MetaspaceSettings Read(JsonField field)
    {
        string replacement = field.OptionalString("replacement") ?? DefaultReplacement;
        if (replacement.EnumerateRunes().Count() != 1)
        {
            throw field.Error($"replacement must be one character, not \"{replacement}\"");
        }

        return new MetaspaceSettings(replacement, ReadScheme(field), field.Boolean("split", absent: true));
    }

    /// <summary>Old files have <c>add_prefix_space</c> in the place of <c>prepend_scheme</c>.</summary>
    private static PrependScheme ReadScheme(JsonField field)
    {
        bool prefix = field.Boolean("add_prefix_space", absent: true);
        if (field.OptionalString("prepend_scheme") is not { } name)
        {
            return prefix ? PrependScheme.Always : PrependScheme.Never;
        }

        PrependScheme scheme = name switch
        {
            "always" => PrependScheme.Always,
            "first" => PrependScheme.First,
            "never" => PrependScheme.Never,
            _ => throw field.Error($"prepend_scheme \"{name}\" is unknown; it must be one of always, first, never"),
        };
        return prefix || scheme == PrependScheme.Never
            ? scheme
            : throw field.Error($"add_prefix_space=false contradicts prepend_scheme={name}");
    }
}
