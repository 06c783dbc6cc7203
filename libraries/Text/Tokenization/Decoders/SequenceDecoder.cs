namespace DaprMoE.Text.Tokenization.Decoders;

/// <summary>Several decoders, one after the other.</summary>
internal sealed class SequenceDecoder(IDecoder[] steps) : IDecoder
{
    public IReadOnlyList<string> Decode(IReadOnlyList<string> tokens) => steps.Aggregate(tokens, (current, step) => step.Decode(current));

    public IDecoderStream CreateStream() => new Stream([.. steps.Select(step => step.CreateStream())]);

    private sealed class Stream(IDecoderStream[] streams) : IDecoderStream
    {
        public void Append(TokenPart part, List<TokenPart> output) => Append([part], from: 0, output);

        public void Flush(List<TokenPart> output)
        {
            for (int i = 0; i < streams.Length; i++)
            {
                List<TokenPart> held = [];
                streams[i].Flush(held);
                Append(held, i + 1, output);
            }
        }

        private void Append(List<TokenPart> parts, int from, List<TokenPart> output)
        {
            for (int i = from; i < streams.Length; i++)
            {
                List<TokenPart> next = [];
                foreach (TokenPart part in parts)
                {
                    streams[i].Append(part, next);
                }

                parts = next;
            }

            output.AddRange(parts);
        }
    }
}
