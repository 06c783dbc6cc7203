using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;

namespace DaprMoE.Models;

/// <summary>Reads a JSON object from a file, bounded in size and depth, without duplicate keys.</summary>
internal static class JsonFile
{
    /// <summary>Limit of configuration files in bytes; published ones have a few thousand.</summary>
    public const int ConfigBytes = 16 << 20;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>Reads the object; the caller disposes the document.</summary>
    public static JsonDocument Read(string path, int maxBytes)
    {
        byte[] bytes = ReadBytes(path, maxBytes);
        JsonDocument document;
        try
        {
            RequireText(bytes);
            document = JsonDocument.Parse(bytes, Options);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new CheckpointException(path, $"is not valid JSON: {fault.Message}", fault);
        }

        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            JsonValueKind kind = document.RootElement.ValueKind;
            document.Dispose();
            throw new CheckpointException(path, $"holds a JSON {kind.ToString().ToLowerInvariant()}; allowed is an object");
        }

        return document;
    }

    /// <summary>
    /// Throws <see cref="InvalidOperationException"/> where a text is not Unicode (bytes that are no UTF-8, half a surrogate pair as an
    /// escape). Parsing lets them pass, and every later look at that text would throw.
    /// </summary>
    private static void RequireText(byte[] json)
    {
        if (!Utf8.IsValid(json))
        {
            throw new InvalidOperationException("It is not UTF-8.");
        }

        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = Options.MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                _ = reader.GetString();
            }
        }
    }

    private static byte[] ReadBytes(string path, int maxBytes)
    {
        using SafeFileHandle file = FileBytes.OpenForReading(path);
        long length = RandomAccess.GetLength(file);
        if (length > maxBytes)
        {
            throw new CheckpointException(path, $"has {length} bytes; allowed are at most {maxBytes}");
        }

        byte[] bytes = new byte[length];
        FileBytes.ReadExactly(path, file, 0, bytes);
        return bytes;
    }
}
