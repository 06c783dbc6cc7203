using System.Buffers;
using System.Text;
using System.Text.Json;

namespace DaprMoE.Text.Tokenization.Loading;

/// <summary>Parses a JSON file of a model folder and explains what else it may be.</summary>
internal static class JsonFile
{
    /// <summary>Published files nest about ten levels deep.</summary>
    private const int DeepestNesting = 64;

    /// <summary>The document; the caller disposes it.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> content, string file)
    {
        if (content.Span.StartsWith("\uFEFF"u8))
        {
            content = content[3..];
        }

        RejectOtherFormats(content.Span, file);
        RejectInvalidUtf8(content.Span, file);
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(content, new JsonDocumentOptions { MaxDepth = DeepestNesting });
        }
        catch (JsonException error)
        {
            throw new TokenizerException(file, string.Empty, Describe(error), error);
        }

        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            JsonValueKind kind = document.RootElement.ValueKind;
            document.Dispose();
            throw new TokenizerException(file, string.Empty, $"an object is expected at the top, not {kind}");
        }

        return document;
    }

    private static void RejectOtherFormats(ReadOnlySpan<byte> content, string file)
    {
        ReadOnlySpan<byte> start = content.TrimStart(" \t\r\n"u8);
        string? problem =
            start.IsEmpty ? "the file is empty; it is not JSON"
            : start.StartsWith("version https://git-lfs"u8) ? "this is a Git LFS pointer, not the file itself; fetch it with `git lfs pull`"
            : start[0] == '<' ? "not JSON but an HTML page; download the file again"
            : null;
        if (problem is not null)
        {
            throw new TokenizerException(file, string.Empty, problem);
        }
    }

    private static void RejectInvalidUtf8(ReadOnlySpan<byte> content, string file)
    {
        if (System.Text.Unicode.Utf8.IsValid(content))
        {
            return;
        }

        int position = 0;
        while (Rune.DecodeFromUtf8(content[position..], out _, out int consumed) == OperationStatus.Done)
        {
            position += consumed;
        }

        throw new TokenizerException(file, string.Empty, $"invalid UTF-8 at byte {position}");
    }

    /// <summary>The parser's message without its own way of giving the place; an early end is mostly a partial download.</summary>
    private static string Describe(JsonException error)
    {
        string message = error.Message.Split(" LineNumber:")[0];
        bool endsEarly = message.Contains("end of data", StringComparison.Ordinal)
            && !message.Contains("invalid after", StringComparison.Ordinal);
        string hint = endsEarly ? " Is the file a partial download?" : string.Empty;
        return $"not valid JSON at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}: {message}{hint}";
    }
}
