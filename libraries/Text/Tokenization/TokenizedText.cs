namespace DaprMoE.Text;

/// <summary>The tokens of a text and where they come from. All lists have one entry per token.</summary>
public sealed class TokenizedText
{
    internal TokenizedText(int[] ids, string[] tokens, TextSpan[] offsets, int[] sequences, bool[] added)
    {
        Ids = ids;
        Tokens = tokens;
        Offsets = offsets;
        Sequences = sequences;
        AddedByTemplate = added;
    }

    /// <summary>Token ids.</summary>
    public IReadOnlyList<int> Ids { get; }

    /// <summary>
    /// What each token is called: its string in the vocabulary, but for an added token the text as it was found, with the white space that
    /// it took in.
    /// </summary>
    public IReadOnlyList<string> Tokens { get; }

    /// <summary>The code points of the original text that each token stands for; (0, 0) for tokens that the template added.</summary>
    public IReadOnlyList<TextSpan> Offsets { get; }

    /// <summary>The type id of each token: 0 for the first text, mostly 1 for the second text of a pair.</summary>
    public IReadOnlyList<int> Sequences { get; }

    /// <summary>Whether the post-processor's template added the token.</summary>
    public IReadOnlyList<bool> AddedByTemplate { get; }
}
