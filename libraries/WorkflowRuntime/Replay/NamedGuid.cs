using System.Security.Cryptography;
using System.Text;

namespace Dapr.Workflow;

/// <summary>Ids made from a text, the same for the same text: UUIDs of version 8 from its SHA-256.</summary>
internal static class NamedGuid
{
    public static Guid From(string text)
    {
        Span<byte> bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
