using DaprMoE.Text.Unicode;

namespace DaprMoE.Text.Tokenization.Patterns;

/// <summary>
/// Parses a set in brackets, after the opening one: ranges, escapes, nested sets, <c>&amp;&amp;</c> for what two sets share.
/// </summary>
internal sealed class CodePointSetParser(PatternCursor cursor, bool ignoreCase)
{
    private const int DeepestNesting = 20;

    private int _depth;

    public CodePointSet Parse()
    {
        if (++_depth > DeepestNesting)
        {
            throw cursor.Error($"sets nest deeper than {DeepestNesting}");
        }

        bool negative = cursor.TryTake("^");
        CodePointSet? shared = null;
        CodePointSet members = CodePointSet.Empty;
        bool first = true;
        while (first || !cursor.TryTake("]"))
        {
            if (cursor.TryTake("&&"))
            {
                shared = shared?.Intersect(members) ?? members;
                members = CodePointSet.Empty;
            }
            else
            {
                members = members.Union(ParseItem());
            }

            first = false;
        }

        _depth--;
        CodePointSet set = shared?.Intersect(members) ?? members;
        return negative ? set.Complement() : set;
    }

    private CodePointSet ParseItem()
    {
        if (cursor.TryTake("[:"))
        {
            throw cursor.Error("POSIX classes such as [:alpha:] are not supported; use \\p{..}");
        }

        if (cursor.TryTake("["))
        {
            return Parse();
        }

        CodePointSet low = ParseOne(out bool single);
        if (!single || !cursor.TryTake("-"))
        {
            return single ? CaseVariants.Add(low, ignoreCase, cursor) : low;
        }

        if (!cursor.AtEnd && cursor.Peek == ']')
        {
            return CaseVariants.Add(low, ignoreCase, cursor).Union(CodePointSet.Range('-', '-'));
        }

        CodePointSet high = ParseOne(out bool highSingle);
        return highSingle && low.Bounds[0] <= high.Bounds[0]
            ? CaseVariants.Add(CodePointSet.Range(low.Bounds[0], high.Bounds[0]), ignoreCase, cursor)
            : throw cursor.Error("a range in brackets must go from a lower to a higher character");
    }

    /// <summary>One code point or one escape; <paramref name="single"/> if it may begin or end a range.</summary>
    private CodePointSet ParseOne(out bool single)
    {
        bool escape = cursor.TryTake("\\");
        single = !escape || cursor.AtEnd || !"sSdDwWhHpP".Contains(cursor.Peek);
        if (escape)
        {
            return EscapeParser.Parse(cursor, ignoreCase: false);
        }

        int codePoint = cursor.Take();
        return CodePointSet.Range(codePoint, codePoint);
    }
}
