using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace DaprMoE.Gateway;

/// <summary>Parses a request's body: one JSON object in valid UTF-8, no key twice, at any depth.</summary>
internal static class RequestJson
{
    private const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    /// <summary>Parses a body, which has to stay as it is while the document lives.</summary>
    /// <exception cref="ApiException">It is not JSON, or not such.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            CheckTexts(body.Span);
            JsonDocument document = JsonDocument.Parse(body, Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            using (document)
            {
                throw ApiErrors.InvalidJson($"it is {JsonExcerpt.Of(document.RootElement)}, and must be an object.");
            }
        }
        catch (JsonException exception)
        {
            throw ApiErrors.InvalidJson(Describe(exception, body.Length));
        }
    }

    // A document reads texts when they are asked for, which is too late for an error that names the place.
    private static void CheckTexts(ReadOnlySpan<byte> body)
    {
        Utf8JsonReader reader = new(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && !IsText(ref reader))
            {
                throw ApiErrors.InvalidJson(
                    $"the text at byte {reader.TokenStartIndex} is not valid Unicode (UTF-8, whole surrogate pairs).");
            }
        }
    }

    private static bool IsText(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return Utf8.IsValid(reader.ValueSpan);
        }

        try
        {
            _ = reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string Describe(JsonException exception, int length)
    {
        if (length == 0)
        {
            return "it is empty.";
        }

        // .NET appends its own form of the place.
        int end = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        StringBuilder text = new(end < 0 ? exception.Message : exception.Message[..end]);
        if (exception.LineNumber is { } line && exception.BytePositionInLine is { } position)
        {
            text.Append(CultureInfo.InvariantCulture, $" (line {line + 1}, byte {position + 1})");
        }

        return text.ToString();
    }
}
