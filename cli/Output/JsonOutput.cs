using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DaprMoE.Cli;

/// <summary>Results for programs.</summary>
internal static class JsonOutput
{
    /// <summary>Prints one value and ends the line. What needs no escape in JSON has none: this is no HTML.</summary>
    public static void Write<T>(Terminal terminal, T value, JsonTypeInfo<T> type)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter writer = new(bytes, new JsonWriterOptions
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Indented = type.Options.WriteIndented,
        }))
        {
            JsonSerializer.Serialize(writer, value, type);
        }

        terminal.Out.WriteLine(Encoding.UTF8.GetString(bytes.WrittenSpan));
    }
}
