using DaprMoE.Text.Unicode;

namespace DaprMoE.Text.Tokenization.Patterns;

/// <summary>A part of a parsed regular expression.</summary>
internal abstract record PatternNode;

/// <summary>One code point of a set.</summary>
internal sealed record SetNode(CodePointSet Set) : PatternNode;

/// <summary>One part after the other; none of them for the empty expression.</summary>
internal sealed record ConcatenationNode(IReadOnlyList<PatternNode> Items) : PatternNode;

/// <summary>The first of the branches that leads to a match.</summary>
internal sealed record AlternationNode(IReadOnlyList<PatternNode> Branches) : PatternNode;

/// <summary>A part repeated; <paramref name="Maximum"/> is <see cref="int.MaxValue"/> if there is no bound.</summary>
internal sealed record RepetitionNode(PatternNode Body, int Minimum, int Maximum, RepetitionMode Mode) : PatternNode;

/// <summary>A part that is matched once and for all: no way back into it.</summary>
internal sealed record AtomicNode(PatternNode Body) : PatternNode;

/// <summary>A condition on what follows, or, if <paramref name="Behind"/>, on what stands before.</summary>
internal sealed record LookaroundNode(PatternNode Body, bool Behind, bool Negative) : PatternNode;

/// <summary>A condition on the position.</summary>
internal sealed record AnchorNode(AnchorKind Kind) : PatternNode;
