namespace DaprMoE.Text.Tokenization.Decoders;

/// <summary>Joins all tokens to one.</summary>
internal sealed class FuseDecoder : IDecoder
{
    public IReadOnlyList<string> Decode(IReadOnlyList<string> tokens) => [string.Concat(tokens)];

    public IDecoderStream CreateStream() => new Stream();

    private sealed class Stream : IDecoderStream
    {
        private bool _started;

        public void Append(TokenPart part, List<TokenPart> output)
        {
            output.Add(new TokenPart(part.Text, Continues: _started));
            _started = true;
        }

        public void Flush(List<TokenPart> output)
        {
        }
    }
}
