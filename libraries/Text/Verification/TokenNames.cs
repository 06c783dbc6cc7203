using System.Text;

namespace DaprMoE.Text.Verification;

/// <summary>
/// The names that the reference library gives to tokens: the vocabulary's string, or, for an added token that is stripped or normalised
/// and for an unknown one, the text that was matched.
/// </summary>
internal static class TokenNames
{
    public static string[] Of(Tokenizer tokenizer, string text, TokenizedText encoded, string[] expected)
    {
        Rune[] characters = [.. text.EnumerateRunes()];
        string[] names = new string[encoded.Ids.Count];
        for (int i = 0; i < names.Length; i++)
        {
            TextSpan span = encoded.Offsets[i];
            string matched = string.Concat(characters[span.Start..span.End]);
            bool namedByText = i < expected.Length && expected[i] == matched && tokenizer.IsNamedByText(encoded.Ids[i]);
            names[i] = namedByText ? matched : tokenizer.TokenText(encoded.Ids[i])!;
        }

        return names;
    }
}
