using DaprMoE.Text.Tokenization.Loading;

namespace DaprMoE.Text.Tokenization.Patterns;

/// <summary>Reads a component's <c>pattern</c>: <c>{"String": ...}</c> or <c>{"Regex": ...}</c>.</summary>
internal static class PatternReader
{
    public static ITextPattern Read(JsonField component, LoadContext context)
    {
        JsonField pattern = component.Required("pattern");
        if (pattern.Optional("String") is { } literal)
        {
            return new LiteralPattern(literal.String());
        }

        JsonField regex = pattern.Optional("Regex") ?? throw pattern.Error("must hold \"String\" or \"Regex\"");
        string expression = regex.String();
        try
        {
            return new RegexPattern(expression, context.File, regex.Path);
        }
        catch (FormatException error)
        {
            throw new TokenizerException(context.File, regex.Path, $"pattern \"{expression}\" does not compile: {error.Message}", error);
        }
    }
}
