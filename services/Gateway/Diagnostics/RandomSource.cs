using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DaprMoE.Gateway;

/// <summary>Where ids and the seeds of requests that name none come from.</summary>
internal interface IRandomSource
{
    /// <summary>64 bits.</summary>
    ulong Next();
}

/// <summary>The operating system's generator.</summary>
internal sealed class SystemRandomSource : IRandomSource
{
    public ulong Next()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }
}

/// <summary>Ids of answers and requests.</summary>
internal static class RandomIds
{
    /// <summary>A prefix and 128 random bits in hexadecimal.</summary>
    public static string NextId(this IRandomSource random, string prefix) => $"{prefix}{random.Next():x16}{random.Next():x16}";
}
