namespace DaprMoE.Text.Tokenization.Decoders;

/// <summary>A decoder that changes each token by itself.</summary>
internal abstract class TokenwiseDecoder : IDecoder
{
    public IReadOnlyList<string> Decode(IReadOnlyList<string> tokens) => [.. tokens.Select((token, index) => Decode(token, index == 0))];

    public IDecoderStream CreateStream() => new Stream(this);

    protected abstract string Decode(string token, bool first);

    private sealed class Stream(TokenwiseDecoder decoder) : IDecoderStream
    {
        private bool _started;

        public void Append(TokenPart part, List<TokenPart> output)
        {
            output.Add(part with { Text = decoder.Decode(part.Text, !_started) });
            _started = true;
        }

        public void Flush(List<TokenPart> output)
        {
        }
    }
}
