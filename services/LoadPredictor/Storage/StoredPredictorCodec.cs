using System.Buffers.Binary;
using System.Security.Cryptography;
using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor;

/// <summary>Fitted predictors as bytes: a header, the numbers, and a hash over all of it.</summary>
internal static class StoredPredictorCodec
{
    private const uint Magic = 0x444D5247; // DMRG
    private const int HeaderBytes = 2 * sizeof(uint);

    // A model that was fitted on other features would take one number for another.
    private const uint Format = (1 << 16) | FeatureSet.Version;

    public static byte[] Encode(StoredPredictor predictor)
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes);
        writer.Write(BinaryPrimitives.ReverseEndianness(Magic));
        writer.Write(Format);
        writer.Write(predictor.Model);
        writer.Write(predictor.Shape.Layers);
        writer.Write(predictor.Shape.Experts);
        writer.Write(predictor.Candidate);
        writer.Write(predictor.Accuracy);
        writer.Write(predictor.Newest);
        writer.Write(predictor.Penalty);
        writer.Write(predictor.Related.Length);
        foreach (int expert in predictor.Related)
        {
            writer.Write7BitEncodedInt(expert);
        }

        writer.Write(predictor.Archive.Length);
        writer.Write(predictor.Archive);
        writer.Flush();
        writer.Write(SHA256.HashData(bytes.ToArray()));
        return bytes.ToArray();
    }

    /// <exception cref="DocumentException">The bytes are no predictor, or they were changed.</exception>
    public static StoredPredictor Decode(ReadOnlyMemory<byte> bytes)
    {
        RequireWhole(bytes.Span);
        using MemoryStream stream = new(bytes[HeaderBytes..^SHA256.HashSizeInBytes].ToArray());
        using BinaryReader reader = new(stream);
        // What follows has its right hash: it is what was written.
        string model = reader.ReadString();
        LayerShape shape = new(reader.ReadInt32(), reader.ReadInt32());
        string candidate = reader.ReadString();
        double accuracy = reader.ReadDouble();
        float newest = reader.ReadSingle();
        double penalty = reader.ReadDouble();
        int[] related = new int[reader.ReadInt32()];
        foreach (ref int expert in related.AsSpan())
        {
            expert = reader.Read7BitEncodedInt();
        }

        return new StoredPredictor(model, shape, candidate, accuracy, newest, penalty, related, reader.ReadBytes(reader.ReadInt32()));
    }

    private static void RequireWhole(ReadOnlySpan<byte> bytes)
    {
        string name = StateKeys.Predictor(RegressionForecaster.Name);
        if (bytes.Length < HeaderBytes + SHA256.HashSizeInBytes || BinaryPrimitives.ReadUInt32BigEndian(bytes) != Magic)
        {
            throw new DocumentException($"{name} holds {bytes.Length} bytes that are no fitted predictor.");
        }

        uint format = BinaryPrimitives.ReadUInt32LittleEndian(bytes[sizeof(uint)..]);
        if (format != Format)
        {
            throw new DocumentException($"{name} has format {format}; this version reads {Format}.");
        }

        if (!SHA256.HashData(bytes[..^SHA256.HashSizeInBytes]).AsSpan().SequenceEqual(bytes[^SHA256.HashSizeInBytes..]))
        {
            throw new DocumentException($"{name} is damaged: its {bytes.Length} bytes do not have the hash that they end with.");
        }
    }
}
