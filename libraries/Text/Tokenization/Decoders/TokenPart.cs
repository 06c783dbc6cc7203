namespace DaprMoE.Text.Tokenization.Decoders;

/// <summary>A token, or a part of one where a step joins tokens.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Continues">Whether it goes on with the token of the part before it.</param>
internal readonly record struct TokenPart(string Text, bool Continues);
