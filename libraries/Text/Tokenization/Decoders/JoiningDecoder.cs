namespace DaprMoE.Text.Tokenization.Decoders;

/// <summary>For files without a decoder: tokens with spaces between them.</summary>
internal sealed class JoiningDecoder : TokenwiseDecoder
{
    protected override string Decode(string token, bool first) => first ? token : " " + token;
}
