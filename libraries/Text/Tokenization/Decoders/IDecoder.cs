namespace DaprMoE.Text.Tokenization.Decoders;

/// <summary>Turns tokens back to text.</summary>
internal interface IDecoder
{
    /// <summary>The text of a whole list of tokens.</summary>
    string Decode(IEnumerable<string> tokens);

    /// <summary>A decoder for tokens that come one by one.</summary>
    ITokenStream CreateStream();
}
