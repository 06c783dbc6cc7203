using DaprMoE.Text.Unicode;

namespace DaprMoE.Text.Tokenization.Patterns;

/// <summary>One instruction of a compiled pattern; which operands count depends on the operation.</summary>
internal readonly record struct Instruction(
    Operation Operation,
    int First = 0,
    int Second = 0,
    CodePointSet? Set = null,
    RepetitionMode Mode = RepetitionMode.Greedy,
    AnchorKind Anchor = default,
    bool Negative = false);
