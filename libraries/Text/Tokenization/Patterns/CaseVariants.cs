using DaprMoE.Text.Unicode;

namespace DaprMoE.Text.Tokenization.Patterns;

/// <summary>What a character stands for where case is ignored: by Unicode's simple folding, never by a culture.</summary>
internal static class CaseVariants
{
    private const int LongS = 0x17F;
    private const int Kelvin = 0x212A;

    public static CodePointSet Of(int codePoint, bool ignoreCase, PatternCursor cursor) =>
        Add(CodePointSet.Range(codePoint, codePoint), ignoreCase, cursor);

    /// <summary>The set with the other cases of its members. Other letters than a to z are refused, as no file has them there.</summary>
    public static CodePointSet Add(CodePointSet set, bool ignoreCase, PatternCursor cursor)
    {
        if (!ignoreCase)
        {
            return set;
        }

        if (!set.Intersect(CodePointSet.Range(0x80, 0x10FFFF)).Intersect(CharacterClass.Letter).Bounds.IsEmpty)
        {
            throw cursor.Error("ignoring case is supported for the letters a to z only");
        }

        List<int> variants = [];
        for (int letter = 'a'; letter <= 'z'; letter++)
        {
            int upper = letter - 'a' + 'A';
            if (set.Contains(letter) || set.Contains(upper))
            {
                variants.AddRange([letter, letter, upper, upper]);
                variants.AddRange(letter == 's' ? [LongS, LongS] : letter == 'k' ? [Kelvin, Kelvin] : []);
            }
        }

        return set.Union(CodePointSet.FromBounds([.. variants]));
    }
}
