namespace DaprMoE.Text.Unicode;

/// <summary>Canonical decomposition and composition of single characters, Hangul syllables by arithmetic.</summary>
internal static class CanonicalMapping
{
    private const int SyllableBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TrailBase = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TrailCount = 28;
    private const int SyllableCount = LeadCount * VowelCount * TrailCount;

    private static readonly UnicodeTables Tables = UnicodeTables.Instance;

    /// <summary>
    /// Characters that NFC changes, or that may move or join with what stands before them. All others begin a new segment.
    /// </summary>
    public static CodePointSet Unstable { get; } = BuildUnstable();

    /// <summary>The canonical combining class, 0 for a starter.</summary>
    public static byte CombiningClass(int codePoint) => Tables.CombiningClasses.GetValueOrDefault(codePoint);

    /// <summary>Adds the full decomposition of a character, itself if it has none.</summary>
    public static void Decompose(int codePoint, List<int> parts)
    {
        int syllable = codePoint - SyllableBase;
        if (syllable is >= 0 and < SyllableCount)
        {
            parts.Add(LeadBase + (syllable / (VowelCount * TrailCount)));
            parts.Add(VowelBase + (syllable / TrailCount % VowelCount));
            if (syllable % TrailCount != 0)
            {
                parts.Add(TrailBase + (syllable % TrailCount));
            }
        }
        else if (Tables.Decompositions.TryGetValue(codePoint, out int[]? known))
        {
            parts.AddRange(known);
        }
        else
        {
            parts.Add(codePoint);
        }
    }

    /// <summary>The primary composite of two characters, or null.</summary>
    public static int? Compose(int first, int second)
    {
        int lead = first - LeadBase;
        int vowel = second - VowelBase;
        if (lead is >= 0 and < LeadCount && vowel is >= 0 and < VowelCount)
        {
            return SyllableBase + (((lead * VowelCount) + vowel) * TrailCount);
        }

        int syllable = first - SyllableBase;
        int trail = second - TrailBase;
        if (syllable is >= 0 and < SyllableCount && syllable % TrailCount == 0 && trail is > 0 and < TrailCount)
        {
            return first + trail;
        }

        return Tables.Compositions.TryGetValue((first, second), out int composite) ? composite : null;
    }

    private static CodePointSet BuildUnstable()
    {
        HashSet<int> composites = [.. Tables.Compositions.Values];
        IEnumerable<int> members = Tables.CombiningClasses.Keys
            .Concat(Tables.Decompositions.Keys.Where(codePoint => !composites.Contains(codePoint)))
            .Concat(Tables.Compositions.Keys.Select(parts => parts.Second));
        int[] bounds = [.. members.SelectMany(codePoint => new[] { codePoint, codePoint })];
        return CodePointSet.FromBounds(bounds)
            .Union(CodePointSet.Range(VowelBase, VowelBase + VowelCount - 1))
            .Union(CodePointSet.Range(TrailBase + 1, TrailBase + TrailCount - 1));
    }
}
