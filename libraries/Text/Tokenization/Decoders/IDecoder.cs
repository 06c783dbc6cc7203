namespace DaprMoE.Text.Tokenization.Decoders;

/// <summary>A step from tokens back to text. What the last step returns, joined, is the text.</summary>
internal interface IDecoder
{
    /// <summary>Decodes a whole list of tokens.</summary>
    IReadOnlyList<string> Decode(IReadOnlyList<string> tokens);

    /// <summary>The same for tokens that come one by one.</summary>
    IDecoderStream CreateStream();
}
