using System.Buffers;
using System.Text;
using DaprMoE.Text.Tokenization.Loading;

namespace DaprMoE.Text.Tokenization.Decoders;

/// <summary>Reads tokens as bytes in the byte alphabet. Each maximal ill-formed part of the bytes becomes U+FFFD.</summary>
internal sealed class ByteLevelDecoder : IDecoder
{
    public static ByteLevelDecoder Read(JsonField field)
    {
        // These settings are of no consequence here, but a wrong type is a wrong file.
        foreach (string setting in new[] { "add_prefix_space", "trim_offsets", "use_regex" })
        {
            _ = field.Boolean(setting, absent: true);
        }

        return new ByteLevelDecoder();
    }

    public IReadOnlyList<string> Decode(IReadOnlyList<string> tokens)
    {
        ArrayBufferWriter<byte> bytes = new();
        foreach (string token in tokens)
        {
            WriteBytes(token, bytes);
        }

        return [Encoding.UTF8.GetString(bytes.WrittenSpan)];
    }

    public IDecoderStream CreateStream() => new Stream();

    /// <summary>The token's bytes; its UTF-8 if any of its characters is outside the byte alphabet.</summary>
    private static void WriteBytes(string token, ArrayBufferWriter<byte> bytes)
    {
        Span<byte> target = bytes.GetSpan(token.Length);
        for (int i = 0; i < token.Length; i++)
        {
            if (!ByteAlphabet.TryGetByte(token[i], out target[i]))
            {
                Encoding.UTF8.GetBytes(token, bytes);
                return;
            }
        }

        bytes.Advance(token.Length);
    }

    private sealed class Stream : IDecoderStream
    {
        private readonly ArrayBufferWriter<byte> _bytes = new();
        private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
        private bool _started;

        public void Append(TokenPart part, List<TokenPart> output)
        {
            _bytes.ResetWrittenCount();
            WriteBytes(part.Text, _bytes);
            Convert(flush: false, output);
        }

        public void Flush(List<TokenPart> output)
        {
            _bytes.ResetWrittenCount();
            Convert(flush: true, output);
        }

        private void Convert(bool flush, List<TokenPart> output)
        {
            char[] characters = new char[_decoder.GetCharCount(_bytes.WrittenSpan, flush)];
            int count = _decoder.GetChars(_bytes.WrittenSpan, characters, flush);
            output.Add(new TokenPart(new string(characters, 0, count), Continues: _started));
            _started = true;
        }
    }
}
