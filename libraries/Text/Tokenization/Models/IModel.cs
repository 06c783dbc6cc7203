namespace DaprMoE.Text.Tokenization.Models;

/// <summary>Turns one piece of text into tokens. Used by many threads at once.</summary>
internal interface IModel
{
    /// <summary>Adds the tokens of a piece, which is not empty.</summary>
    void Tokenize(ReadOnlySpan<char> piece, List<ModelToken> tokens);
}
