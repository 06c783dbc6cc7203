namespace DaprMoE.Text.Tokenization.PostProcessors;

/// <summary>The last step of encoding: adjusts offsets, adds special tokens, brings a pair of texts in order.</summary>
internal interface IPostProcessor
{
    /// <summary>
    /// Takes one list of tokens per text (one or two), in order, and returns the lists that follow each other in the result.
    /// </summary>
    IReadOnlyList<List<TextToken>> Process(IReadOnlyList<List<TextToken>> texts, bool addSpecialTokens);
}
