namespace DaprMoE.Text;

/// <summary>How a text is encoded.</summary>
/// <param name="AddSpecialTokens">Whether the post-processor adds its tokens, such as a token that begins the text.</param>
/// <param name="SpecialAsText">
/// Whether the names of special tokens within the text are plain text. Set it for text from users that must not forge control tokens.
/// </param>
public readonly record struct EncodeOptions(bool AddSpecialTokens = false, bool SpecialAsText = false);
