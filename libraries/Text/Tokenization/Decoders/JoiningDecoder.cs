namespace DaprMoE.Text.Tokenization.Decoders;

/// <summary>For files without a decoder: tokens with spaces between them.</summary>
internal sealed class JoiningDecoder : IDecoder
{
    public string Decode(IEnumerable<string> tokens) => string.Join(' ', tokens);

    public ITokenStream CreateStream() => new Stream();

    private sealed class Stream : ITokenStream
    {
        private bool _started;

        public string Append(string token)
        {
            string text = _started ? " " + token : token;
            _started = true;
            return text;
        }

        public string Flush() => string.Empty;
    }
}
