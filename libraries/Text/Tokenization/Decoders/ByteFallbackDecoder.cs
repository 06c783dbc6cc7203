using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace DaprMoE.Text.Tokenization.Decoders;

/// <summary>
/// Reads runs of byte tokens, <c>&lt;0xNN&gt;</c>, as UTF-8. In a whole text a run with any ill-formed part becomes one U+FFFD per byte, as
/// in the reference library; in a stream what is well-formed has been let go by then, and only the rest of the run becomes U+FFFD.
/// </summary>
internal sealed class ByteFallbackDecoder : IDecoder
{
    private const string Replacement = "\uFFFD";
    private const int LongestCharacter = 4;

    public IReadOnlyList<string> Decode(IReadOnlyList<string> tokens)
    {
        List<string> result = new(tokens.Count);
        List<byte> run = [];
        foreach (string token in tokens)
        {
            if (TryParse(token, out byte value))
            {
                run.Add(value);
                continue;
            }

            EndRun(run, result);
            result.Add(token);
        }

        EndRun(run, result);
        return result;
    }

    public IDecoderStream CreateStream() => new Stream();

    private static bool TryParse(string token, out byte value)
    {
        value = 0;
        return token.Length == 6 && token.StartsWith("<0x", StringComparison.Ordinal) && token[5] == '>'
            && byte.TryParse(token.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private static void EndRun(List<byte> run, List<string> result)
    {
        byte[] bytes = [.. run];
        run.Clear();
        if (bytes.Length > 0 && System.Text.Unicode.Utf8.IsValid(bytes))
        {
            result.Add(Encoding.UTF8.GetString(bytes));
        }
        else
        {
            result.AddRange(Enumerable.Repeat(Replacement, bytes.Length));
        }
    }

    private sealed class Stream : IDecoderStream
    {
        private readonly List<byte> _held = [];

        public void Append(TokenPart part, List<TokenPart> output)
        {
            if (TryParse(part.Text, out byte value))
            {
                _held.Add(value);
                ReleaseCharacter(output);
                return;
            }

            Flush(output);
            output.Add(part);
        }

        public void Flush(List<TokenPart> output)
        {
            output.AddRange(Enumerable.Repeat(new TokenPart(Replacement, Continues: false), _held.Count));
            _held.Clear();
        }

        /// <summary>Lets go of the held bytes once they are a character. After an ill-formed one they never are.</summary>
        private void ReleaseCharacter(List<TokenPart> output)
        {
            ReadOnlySpan<byte> bytes = CollectionsMarshal.AsSpan(_held);
            if (bytes.Length <= LongestCharacter
                && Rune.DecodeFromUtf8(bytes, out Rune character, out int length) == OperationStatus.Done && length == bytes.Length)
            {
                output.Add(new TokenPart(character.ToString(), Continues: false));
                _held.Clear();
            }
        }
    }
}
