namespace DaprMoE.Text.Tokenization.AddedTokens;

/// <summary>A token that is found in the text as a whole, before the model sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">Its text, never empty.</param>
/// <param name="SingleWord">Whether it counts only where no word character stands directly before or after it.</param>
/// <param name="LeftStrip">Whether it takes in the white space before it.</param>
/// <param name="RightStrip">Whether it takes in the white space after it.</param>
/// <param name="Normalized">Whether it is looked for in the normalised text instead of the raw one.</param>
/// <param name="Special">Whether it is a control token: left out of decoded text, and plain text where the caller asks for that.</param>
internal sealed record AddedToken(int Id, string Content, bool SingleWord, bool LeftStrip, bool RightStrip, bool Normalized, bool Special);
