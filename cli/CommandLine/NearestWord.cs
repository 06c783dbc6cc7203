namespace DaprMoE.Cli;

/// <summary>What a mistyped word was meant to be.</summary>
internal static class NearestWord
{
    /// <summary>The known word with the fewest edits, at most a third of the word's letters; else one that the word begins.</summary>
    public static string? Of(string word, IReadOnlyList<string> known)
    {
        string? nearest = known.MinBy(candidate => Edits(word, candidate));
        return nearest is not null && Edits(word, nearest) <= Math.Max(1, word.TrimStart('-').Length / 3)
            ? nearest
            : known.FirstOrDefault(candidate => word.Trim('-').Length > 1 && candidate.StartsWith(word, StringComparison.Ordinal));
    }

    /// <summary>Letters to insert, remove, replace or swap with the next one (Damerau–Levenshtein, restricted).</summary>
    internal static int Edits(string from, string to)
    {
        int[,] edits = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++)
        {
            for (int j = 0; j <= to.Length; j++)
            {
                edits[i, j] = i == 0 || j == 0 ? i + j : Fewest(edits, from, to, i, j);
            }
        }

        return edits[from.Length, to.Length];
    }

    private static int Fewest(int[,] edits, string from, string to, int i, int j)
    {
        int replaced = edits[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
        int fewest = Math.Min(replaced, 1 + Math.Min(edits[i - 1, j], edits[i, j - 1]));
        bool swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
        return swapped ? Math.Min(fewest, edits[i - 2, j - 2] + 1) : fewest;
    }
}
