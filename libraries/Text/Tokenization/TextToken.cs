namespace DaprMoE.Text.Tokenization;

/// <summary>A token of a text that is being encoded.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Offset">What it stands for in its text, in code points.</param>
/// <param name="Sequence">Its type id, which a template may set.</param>
/// <param name="Matched">For an added token the text as it was found, with white space, normalised.</param>
/// <param name="AddedByTemplate">Whether it comes from a template and not from a text.</param>
internal readonly record struct TextToken(
    int Id, TextSpan Offset, int Sequence, string? Matched = null, bool AddedByTemplate = false);
