using DaprMoE.Text.Tokenization.Alignment;

namespace DaprMoE.Text.Tokenization.PreTokenizers;

/// <summary>Cuts a text into the pieces that the model sees one by one; may change the text too.</summary>
internal interface IPreTokenizer
{
    Pieces Split(Pieces pieces);
}
