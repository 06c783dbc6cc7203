namespace DaprMoE.Inference;

/// <summary>Text that can no longer change.</summary>
/// <param name="Text">The text; may be empty while a character or a stop string is incomplete.</param>
/// <param name="Tokens">Tokens read since the piece before.</param>
public readonly record struct TextPiece(string Text, int Tokens);
