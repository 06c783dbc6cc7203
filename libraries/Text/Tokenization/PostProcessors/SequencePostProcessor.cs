namespace DaprMoE.Text.Tokenization.PostProcessors;

/// <summary>Several post-processors, one after the other.</summary>
internal sealed class SequencePostProcessor(IPostProcessor[] steps) : IPostProcessor
{
    public IReadOnlyList<List<TextToken>> Process(IReadOnlyList<List<TextToken>> texts, bool addSpecialTokens) =>
        steps.Aggregate(texts, (current, step) => step.Process(current, addSpecialTokens));
}
