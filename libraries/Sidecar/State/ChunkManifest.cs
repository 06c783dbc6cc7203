using System.Text.Json;

namespace DaprMoE.Sidecar;

/// <summary>What stands under the key of a value that is kept in chunks.</summary>
/// <param name="Set">Names the chunks; never used again.</param>
/// <param name="Chunks">How many there are.</param>
/// <param name="Bytes">Their bytes together.</param>
internal sealed record ChunkManifest(string Set, int Chunks, int Bytes)
{
    /// <summary>Begins every manifest; a value that begins so is kept in chunks whatever its size.</summary>
    private static ReadOnlySpan<byte> Mark => "DaprMoE-chunks\n"u8;

    public static bool IsMarked(ReadOnlySpan<byte> value) => value.StartsWith(Mark);

    /// <summary>Null for a value that stands there itself.</summary>
    /// <exception cref="JsonException">It begins as a manifest and is none.</exception>
    public static ChunkManifest? Decode(ReadOnlySpan<byte> value)
    {
        if (!IsMarked(value))
        {
            return null;
        }

        ChunkManifest? manifest = JsonSerializer.Deserialize<ChunkManifest>(value[Mark.Length..], JsonSerializerOptions.Web);
        return manifest is { Set.Length: > 0, Chunks: >= 0, Bytes: >= 0 } ? manifest : throw new JsonException("A number is negative.");
    }

    public byte[] Encode() => [.. Mark, .. JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web)];

    /// <summary>The keys of the chunks; '~' stands in no other key.</summary>
    public IEnumerable<string> Keys()
    {
        for (int i = 0; i < Chunks; i++)
        {
            yield return $"~chunks/{Set}/{i}";
        }
    }
}
