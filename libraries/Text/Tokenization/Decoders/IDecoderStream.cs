namespace DaprMoE.Text.Tokenization.Decoders;

/// <summary>Decodes tokens that come one by one; for one thread. Adds to the output only what can no longer change.</summary>
internal interface IDecoderStream
{
    void Append(TokenPart part, List<TokenPart> output);

    /// <summary>Ends the tokens and adds what was held back.</summary>
    void Flush(List<TokenPart> output);
}
