using System.Buffers;
using System.Text.Json;

namespace DaprMoE.Models;

/// <summary>Makes the header of a safetensors file whose tensors follow one another without holes.</summary>
internal static class SafetensorsHeaderWriter
{
    /// <summary>The header, padded with spaces to a multiple of 8 as the format's own library does.</summary>
    public static byte[] Write(IEnumerable<KeyValuePair<string, string>> metadata, IEnumerable<HeaderEntry> tensors)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach ((string key, string value) in metadata)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            long offset = 0;
            foreach (HeaderEntry tensor in tensors)
            {
                WriteTensor(json, tensor, offset);
                offset += tensor.ByteLength;
            }

            json.WriteEndObject();
        }

        int padding = -buffer.WrittenCount & 7;
        buffer.Write("       "u8[..padding]);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteTensor(Utf8JsonWriter json, HeaderEntry tensor, long offset)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.Type.Name());
        json.WriteStartArray("shape");
        foreach (long dimension in tensor.Shape)
        {
            json.WriteNumberValue(dimension);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + tensor.ByteLength);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

/// <summary>What a header says of a tensor, its place aside.</summary>
internal readonly record struct HeaderEntry(string Name, SafetensorsType Type, IReadOnlyList<long> Shape, long ByteLength);
