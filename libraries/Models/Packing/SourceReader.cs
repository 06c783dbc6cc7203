using System.IO.Hashing;
using DaprMoE.Tensors;

namespace DaprMoE.Models;

/// <summary>Reads a tensor from its first byte to its last and hashes it on the way.</summary>
internal sealed class SourceReader
{
    private readonly SafetensorsFile _file;
    private readonly SafetensorsTensor _tensor;
    private readonly WeightsHash _hash;
    private readonly XxHash128 _content = new();
    private long _position;

    public SourceReader(Checkpoint checkpoint, string name, WeightsHash hash)
    {
        (_file, _tensor, Type) = checkpoint.Find(name);
        _hash = hash;
    }

    /// <summary>The stored format.</summary>
    public DType Type { get; }

    /// <summary>Bytes of the tensor.</summary>
    public long ByteLength => _tensor.ByteLength;

    /// <summary>Throws unless the tensor is stored in that format.</summary>
    public void RequireType(DType type, string like)
    {
        if (Type != type)
        {
            throw Fault($"is stored as {Type}, but {like} as {type}; both must be the same");
        }
    }

    /// <summary>The next bytes.</summary>
    public void Read(Span<byte> destination)
    {
        _file.Read(_tensor, _position, destination);
        _content.Append(destination);
        _position += destination.Length;
        if (_position == _tensor.ByteLength)
        {
            _hash.Add(_tensor, _content);
        }
    }

    /// <summary>An error that names the tensor.</summary>
    public CheckpointException Fault(string fault) => new(_file.Path, _tensor.Name, fault);
}
