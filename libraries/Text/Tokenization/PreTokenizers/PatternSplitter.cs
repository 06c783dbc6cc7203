using DaprMoE.Text.Tokenization.Alignment;

namespace DaprMoE.Text.Tokenization.PreTokenizers;

/// <summary>Cuts text at the matches of a pattern by a <see cref="SplitBehavior"/>.</summary>
internal static class PatternSplitter
{
    /// <summary>Adds the pieces of one stretch of <paramref name="length"/> units that begins at <paramref name="start"/>.</summary>
    public static void Split(List<Piece> matches, int start, int length, SplitBehavior behavior, bool invert, List<Piece> pieces)
    {
        if (behavior == SplitBehavior.Isolated)
        {
            AddAll(matches, start, length, pieces);
            return;
        }

        List<(Piece Piece, bool Match)> parts = Mark(matches, length, invert);
        IEnumerable<Piece> result = behavior switch
        {
            SplitBehavior.Removed => parts.Where(part => !part.Match).Select(part => part.Piece),
            SplitBehavior.MergedWithPrevious => MergeWithPrevious(parts),
            SplitBehavior.MergedWithNext => MergeWithNext(parts),
            _ => MergeEqual(parts),
        };
        pieces.AddRange(result.Where(piece => piece.Length > 0).Select(piece => piece with { Start = start + piece.Start }));
    }

    private static void AddAll(List<Piece> matches, int start, int length, List<Piece> pieces)
    {
        int done = 0;
        foreach (Piece match in matches)
        {
            AddPiece(pieces, start + done, match.Start - done);
            AddPiece(pieces, start + match.Start, match.Length);
            done = match.End;
        }

        AddPiece(pieces, start + done, length - done);
    }

    private static void AddPiece(List<Piece> pieces, int start, int length)
    {
        if (length > 0)
        {
            pieces.Add(new Piece(start, length));
        }
    }

    private static List<(Piece Piece, bool Match)> Mark(List<Piece> matches, int length, bool invert)
    {
        List<(Piece Piece, bool Match)> parts = [];
        int done = 0;
        foreach (Piece match in matches)
        {
            if (match.Start > done)
            {
                parts.Add((new Piece(done, match.Start - done), invert));
            }

            parts.Add((match, !invert));
            done = match.End;
        }

        if (done < length)
        {
            parts.Add((new Piece(done, length - done), invert));
        }

        return parts;
    }

    private static List<Piece> MergeWithPrevious(List<(Piece Piece, bool Match)> parts)
    {
        List<Piece> merged = [];
        bool previousMatch = false;
        foreach ((Piece piece, bool match) in parts)
        {
            if (match && !previousMatch && merged.Count > 0)
            {
                merged[^1] = merged[^1] with { Length = piece.End - merged[^1].Start };
            }
            else
            {
                merged.Add(piece);
            }

            previousMatch = match;
        }

        return merged;
    }

    private static List<Piece> MergeWithNext(List<(Piece Piece, bool Match)> parts)
    {
        List<Piece> merged = [];
        bool nextMatch = false;
        for (int i = parts.Count - 1; i >= 0; i--)
        {
            (Piece piece, bool match) = parts[i];
            if (match && !nextMatch && merged.Count > 0)
            {
                merged[^1] = new Piece(piece.Start, merged[^1].End - piece.Start);
            }
            else
            {
                merged.Add(piece);
            }

            nextMatch = match;
        }

        merged.Reverse();
        return merged;
    }

    private static List<Piece> MergeEqual(List<(Piece Piece, bool Match)> parts)
    {
        List<Piece> merged = [];
        bool previousMatch = false;
        foreach ((Piece piece, bool match) in parts)
        {
            if (match == previousMatch && merged.Count > 0)
            {
                merged[^1] = merged[^1] with { Length = piece.End - merged[^1].Start };
            }
            else
            {
                merged.Add(piece);
            }

            previousMatch = match;
        }

        return merged;
    }
}
