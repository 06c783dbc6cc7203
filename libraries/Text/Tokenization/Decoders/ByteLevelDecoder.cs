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

    public string Decode(IEnumerable<string> tokens)
    {
        ArrayBufferWriter<byte> bytes = new();
        foreach (string token in tokens)
        {
            WriteBytes(token, bytes);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    public ITokenStream CreateStream() => new Stream();

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

    private sealed class Stream : ITokenStream
    {
        private readonly ArrayBufferWriter<byte> _bytes = new();
        private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

        public string Append(string token)
        {
            _bytes.ResetWrittenCount();
            WriteBytes(token, _bytes);
            return Convert(flush: false);
        }

        public string Flush()
        {
            _bytes.ResetWrittenCount();
            return Convert(flush: true);
        }

        private string Convert(bool flush)
        {
            char[] characters = new char[_decoder.GetCharCount(_bytes.WrittenSpan, flush)];
            int count = _decoder.GetChars(_bytes.WrittenSpan, characters, flush);
            return new string(characters, 0, count);
        }
    }
}
