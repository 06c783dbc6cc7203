using DaprMoE.Text.Tokenization.Alignment;

namespace DaprMoE.Text.Tokenization.PreTokenizers;

/// <summary>Several pre-tokenizers: each cuts the pieces of the one before.</summary>
internal sealed class SequencePreTokenizer(IPreTokenizer[] steps) : IPreTokenizer
{
    public Pieces Split(Pieces pieces) => steps.Aggregate(pieces, (current, step) => step.Split(current));
}
