using System.Text.Json;

namespace DaprMoE.Ports;

/// <summary>Version events as UTF-8 JSON: <c>{"source":"gateway-0","version":7}</c>. Unknown members are skipped.</summary>
public static class VersionEventCodec
{
    /// <summary>Longest payload that is read.</summary>
    public const int MaxBytes = 1024;

    /// <summary>Writes an event.</summary>
    /// <exception cref="ArgumentException">Source or version is out of its bounds.</exception>
    public static byte[] Encode(VersionEvent message)
    {
        VersionEvent.Require(message);
        return JsonSerializer.SerializeToUtf8Bytes(message, PortsJson.Default.VersionEvent);
    }

    /// <summary>Reads an event from whoever could reach the topic.</summary>
    /// <returns>Null for what is no event: too long, no JSON, other types, values out of their bounds.</returns>
    public static VersionEvent? TryDecode(ReadOnlySpan<byte> payload)
    {
        if (payload.Length > MaxBytes)
        {
            return null;
        }

        try
        {
            VersionEvent? message = JsonSerializer.Deserialize(payload, PortsJson.Default.VersionEvent);
            return message is { IsSound: true } ? message : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
