using DaprMoE.Text.Unicode;

namespace DaprMoE.Text.Tokenization.Patterns;

/// <summary>The code points that a match of a part can begin with, so that hopeless branches are not entered.</summary>
internal static class PatternStart
{
    /// <summary>The set; null if the part can be empty.</summary>
    public static CodePointSet? Of(PatternNode node) => PatternWidth.CanBeEmpty(node) ? null : Collect(node);

    private static CodePointSet Collect(PatternNode node) => node switch
    {
        SetNode set => set.Set,
        ConcatenationNode concatenation => CollectFirst(concatenation.Items),
        AlternationNode alternation => alternation.Branches.Select(Collect).Aggregate((all, next) => all.Union(next)),
        RepetitionNode { Maximum: > 0 } repetition => Collect(repetition.Body),
        AtomicNode atomic => Collect(atomic.Body),
        _ => CodePointSet.Empty,
    };

    private static CodePointSet CollectFirst(IReadOnlyList<PatternNode> items)
    {
        CodePointSet all = CodePointSet.Empty;
        foreach (PatternNode item in items)
        {
            all = all.Union(Collect(item));
            if (!PatternWidth.CanBeEmpty(item))
            {
                break;
            }
        }

        return all;
    }
}
