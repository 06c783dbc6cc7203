namespace DaprMoE.Text.Tokenization.Patterns;

/// <summary>How many code points a part of a pattern takes.</summary>
internal static class PatternWidth
{
    /// <summary>The one number of code points that the part takes; null if there are several.</summary>
    public static int? Fixed(PatternNode node) => node switch
    {
        SetNode => 1,
        ConcatenationNode concatenation => concatenation.Items.Aggregate((int?)0, (sum, item) => sum + Fixed(item)),
        AlternationNode alternation => alternation.Branches.Select(Fixed).Distinct().Count() == 1 ? Fixed(alternation.Branches[0]) : null,
        RepetitionNode repetition => repetition.Minimum == repetition.Maximum ? repetition.Minimum * Fixed(repetition.Body) : null,
        AtomicNode atomic => Fixed(atomic.Body),
        _ => 0,
    };

    public static bool CanBeEmpty(PatternNode node) => node switch
    {
        SetNode => false,
        ConcatenationNode concatenation => concatenation.Items.All(CanBeEmpty),
        AlternationNode alternation => alternation.Branches.Any(CanBeEmpty),
        RepetitionNode repetition => repetition.Minimum == 0 || CanBeEmpty(repetition.Body),
        AtomicNode atomic => CanBeEmpty(atomic.Body),
        _ => true,
    };
}
