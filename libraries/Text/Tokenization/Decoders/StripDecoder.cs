using DaprMoE.Text.Tokenization.Loading;

namespace DaprMoE.Text.Tokenization.Decoders;

/// <summary>Takes a number of equal characters off the beginning of each token.</summary>
internal sealed class StripDecoder(char content, int start) : IDecoder
{
    public static StripDecoder Read(JsonField field)
    {
        string content = field.Required("content").String();
        if (content.Length != 1)
        {
            throw field.Error($"content must be one character, not \"{content}\"");
        }

        if (field.Required("stop").Id() != 0)
        {
            throw field.Error($"stop {field.Required("stop").Shown} is not supported; it must be 0: no published model strips the end");
        }

        return new StripDecoder(content[0], field.Required("start").Id());
    }

    public IReadOnlyList<string> Decode(IReadOnlyList<string> tokens)
    {
        Stream stream = new(content, start);
        return [.. tokens.Select(token => stream.Strip(new TokenPart(token, Continues: false)))];
    }

    public IDecoderStream CreateStream() => new Stream(content, start);

    private sealed class Stream(char content, int start) : IDecoderStream
    {
        private int _left;

        public void Append(TokenPart part, List<TokenPart> output) => output.Add(part with { Text = Strip(part) });

        public void Flush(List<TokenPart> output)
        {
        }

        public string Strip(TokenPart part)
        {
            _left = part.Continues ? _left : start;
            int cut = 0;
            while (cut < part.Text.Length && _left > 0 && part.Text[cut] == content)
            {
                cut++;
                _left--;
            }

            // Anything else ends the beginning of the token.
            _left = cut < part.Text.Length ? 0 : _left;
            return part.Text[cut..];
        }
    }
}
