namespace DaprMoE.Text;

/// <summary>A stretch of a text, in code points.</summary>
/// <param name="Start">The first code point.</param>
/// <param name="End">The code point after the last one.</param>
public readonly record struct TextSpan(int Start, int End);
