using System.Buffers.Binary;

namespace DaprMoE.Models;

/// <summary>Collects tensors and metadata, then writes them as one safetensors file: aside, and renamed when it is whole.</summary>
public sealed class SafetensorsBuilder
{
    private readonly List<KeyValuePair<string, string>> _metadata = [];
    private readonly List<PendingTensor> _tensors = [];

    /// <summary>Adds a free string to the header.</summary>
    public void AddMetadata(string key, string value) => _metadata.Add(new KeyValuePair<string, string>(key, value));

    /// <summary>Adds a tensor.</summary>
    /// <param name="name">Its name, once per file.</param>
    /// <param name="type">Its element type.</param>
    /// <param name="shape">Dimensions, outermost first.</param>
    /// <param name="write">Writes all elements, little-endian, when the file is written.</param>
    public void Add(string name, SafetensorsType type, IReadOnlyList<long> shape, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(shape);
        long bytes = shape.Aggregate(1L, (product, dimension) => checked(product * dimension)) * type.Bits() / 8;
        _tensors.Add(new PendingTensor(new HeaderEntry(name, type, shape, bytes), write));
    }

    /// <summary>Writes the file; one that is there is replaced when the new one is whole.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The folder can't be written, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder can't be written.</exception>
    public void Write(string path)
    {
        string aside = path + ".tmp";
        try
        {
            using (FileStream stream = File.Create(aside))
            {
                WriteTo(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(aside, path, overwrite: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    private void WriteTo(Stream stream)
    {
        byte[] json = SafetensorsHeaderWriter.Write(_metadata, _tensors.Select(tensor => tensor.Entry));
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        stream.Write(length);
        stream.Write(json);
        foreach (PendingTensor tensor in _tensors)
        {
            long start = stream.Position;
            tensor.Write(stream);
            if (stream.Position - start != tensor.Entry.ByteLength)
            {
                throw new InvalidOperationException(
                    $"Tensor '{tensor.Entry.Name}' wrote {stream.Position - start} bytes; its shape and type take {tensor.Entry.ByteLength}.");
            }
        }
    }

    private sealed record PendingTensor(HeaderEntry Entry, Action<Stream> Write);
}
