namespace DaprMoE.Text.Tokenization.PostProcessors;

/// <summary>Puts texts and special tokens in the order of a template.</summary>
internal sealed class TemplateProcessor(TemplatePiece[] single, TemplatePiece[] pair) : IPostProcessor
{
    public IReadOnlyList<List<TextToken>> Process(IReadOnlyList<List<TextToken>> texts, bool addSpecialTokens)
    {
        List<List<TextToken>> result = [];
        foreach (TemplatePiece piece in texts.Count == 1 ? single : pair)
        {
            if (piece.Text is { } text)
            {
                result.Add([.. texts[text].Select(token => token with { Sequence = piece.Sequence })]);
            }
            else if (addSpecialTokens)
            {
                result.Add([.. piece.Ids.Select(id => new TextToken(id, default, piece.Sequence, Matched: null, AddedByTemplate: true))]);
            }
        }

        return result;
    }
}
