using System.Globalization;
using System.Text;

namespace DaprMoE.Cli;

/// <summary>Text with its white space and control characters made visible.</summary>
internal static class VisibleText
{
    public static string Of(string text)
    {
        StringBuilder visible = new(text.Length);
        foreach (char character in text)
        {
            visible.Append(character switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                ' ' => "␣",
                _ when char.IsControl(character) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => character.ToString(),
            });
        }

        return visible.ToString();
    }
}
