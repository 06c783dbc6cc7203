using System.Text.Encodings.Web;
using System.Text.Json;

namespace DaprMoE.Text.Verification;

/// <summary>Compares a rendering with the <c>expected</c> text or the <c>error</c> of a case.</summary>
internal static class ExpectedOutcome
{
    // A person reads it: markers of roles are full of characters that only HTML needs escaped.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What differs, or null. Of errors only those the template raised itself must have the same message.</summary>
    public static string? Compare(JsonElement one, Func<string> render)
    {
        bool hasError = one.TryGetProperty("error", out JsonElement error);
        string? expected = hasError ? null : one.GetProperty("expected").GetString();
        try
        {
            string rendered = render();
            return rendered == expected ? null : $"expected {Shown(expected, error)}, got {Quoted(rendered)}";
        }
        catch (TemplateException failure)
        {
            bool raised = hasError && error.GetProperty("raised_by_template").GetBoolean();
            bool sameMessage = !raised || failure.Message == error.GetProperty("message").GetString();
            bool fits = hasError && raised == failure.RaisedByTemplate && sameMessage;
            return fits ? null : $"expected {Shown(expected, error)}, got the error: {failure.Message}";
        }
    }

    private static string Shown(string? expected, JsonElement error) =>
        expected is not null ? Quoted(expected) : $"the error: {error.GetProperty("message").GetString()}";

    private static string Quoted(string text) => JsonSerializer.Serialize(text, Readable);
}
