namespace DaprMoE.Text.Tokenization.Patterns;

/// <summary>How many repetitions are tried first, and whether fewer or more are tried at all.</summary>
internal enum RepetitionMode
{
    Greedy,
    Lazy,
    Possessive,
}
