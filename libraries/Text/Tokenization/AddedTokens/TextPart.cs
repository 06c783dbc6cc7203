namespace DaprMoE.Text.Tokenization.AddedTokens;

/// <summary>A stretch of a text: an added token, or plain text if <paramref name="Token"/> is null.</summary>
internal readonly record struct TextPart(int Start, int Length, AddedToken? Token);
