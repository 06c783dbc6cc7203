using System.IO.Compression;

namespace DaprMoE.LoadPredictor.Benchmarks;

/// <summary>A recording on disk: compressed, about three bytes for each token.</summary>
public static class RoutedRequestFile
{
    /// <summary>Layers of the recorded model.</summary>
    public const int Layers = 6;

    /// <summary>Experts of each layer, at most 16: two choices are one byte.</summary>
    public const int Experts = 16;

    /// <summary>Experts of a token.</summary>
    public const int TopK = 2;

    /// <summary>Writes a recording.</summary>
    public static void Write(string path, IReadOnlyList<RoutedRequest> requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        using FileStream file = File.Create(path);
        using BrotliStream packed = new(file, CompressionLevel.SmallestSize);
        using BinaryWriter writer = new(packed);
        writer.Write7BitEncodedInt(requests.Count);
        foreach (RoutedRequest request in requests)
        {
            writer.Write(request.Topic);
            writer.Write(request.File);
            writer.Write7BitEncodedInt(request.PromptTokens);
            writer.Write7BitEncodedInt(request.Tokens.Length);
            foreach (int token in request.Tokens)
            {
                writer.Write((ushort)token);
            }

            for (int choice = 0; choice < request.Experts.Length; choice += TopK)
            {
                writer.Write((byte)((request.Experts[choice] << 4) | request.Experts[choice + 1]));
            }
        }
    }

    /// <summary>Reads a recording.</summary>
    public static IReadOnlyList<RoutedRequest> Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        using BrotliStream packed = new(file, CompressionMode.Decompress);
        using BinaryReader reader = new(packed);
        List<RoutedRequest> requests = [];
        for (int left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            requests.Add(ReadOne(reader));
        }

        return requests;
    }

    private static RoutedRequest ReadOne(BinaryReader reader)
    {
        string topic = reader.ReadString();
        string file = reader.ReadString();
        int prompt = reader.Read7BitEncodedInt();
        int[] tokens = new int[reader.Read7BitEncodedInt()];
        foreach (ref int token in tokens.AsSpan())
        {
            token = reader.ReadUInt16();
        }

        byte[] experts = new byte[tokens.Length * Layers * TopK];
        for (int choice = 0; choice < experts.Length; choice += TopK)
        {
            byte both = reader.ReadByte();
            (experts[choice], experts[choice + 1]) = ((byte)(both >> 4), (byte)(both & 15));
        }

        return new RoutedRequest(topic, file, prompt, tokens, experts);
    }
}
