using System.Text.Encodings.Web;
using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary>How answers are written.</summary>
internal static class JsonText
{
    /// <summary>Text stays readable: only what JSON must escape is escaped, as answers are never part of a page.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
