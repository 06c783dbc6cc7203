using System.Buffers.Binary;
using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;

namespace DaprMoE.Models;

/// <summary>
/// A safetensors file, checked strictly when it is opened. <see cref="Read"/> copies and answers a file that shrinks meanwhile
/// with an error; <see cref="Data(string)"/> shows the mapped bytes without a copy. Both may be called from several threads.
/// </summary>
public sealed class SafetensorsFile : IDisposable
{
    /// <summary>The format's own limit on the header, in bytes.</summary>
    public const int MaxHeaderBytes = 100_000_000;

    private const int LengthBytes = 8;

    private readonly SafeFileHandle _file;
    private readonly SafetensorsHeader _header;
    private readonly Lazy<MappedFile> _map;

    private SafetensorsFile(string path, SafeFileHandle file, SafetensorsHeader header, long length)
    {
        Path = path;
        Length = length;
        _file = file;
        _header = header;
        _map = new Lazy<MappedFile>(() => MappedFile.Open(path, _file, length));
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Bytes of the file.</summary>
    public long Length { get; }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsTensor> Tensors => _header.Tensors;

    /// <summary>The free strings under <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>Opens a file and checks its header against its length.</summary>
    /// <exception cref="CheckpointException">The file can't be read or is malformed; the message names tensor and fault.</exception>
    public static SafetensorsFile Open(string path)
    {
        SafeFileHandle file = OpenFile(path);
        try
        {
            long length = RandomAccess.GetLength(file);
            byte[] json = ReadHeader(path, file, length);
            long dataStart = LengthBytes + json.Length;
            SafetensorsHeader header = SafetensorsHeaderReader.Read(path, json, dataStart);
            header.CheckCoverage(path, dataStart, length);
            return new SafetensorsFile(path, file, header, length);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The bytes of a tensor, mapped, valid while this file is open. They may be unaligned.</summary>
    /// <exception cref="CheckpointException">There is no such tensor, or it is longer than a span can be (2 GB).</exception>
    public ReadOnlySpan<byte> Data(string name)
    {
        if (!Tensors.TryGetValue(name, out SafetensorsTensor? tensor))
        {
            throw new CheckpointException(Path, name, "is not in the file");
        }

        return tensor.ByteLength <= int.MaxValue
            ? _map.Value.Bytes(tensor.Offset, (int)tensor.ByteLength)
            : throw new CheckpointException(Path, name, $"has {tensor.ByteLength} bytes, more than can be shown at once; read it in parts");
    }

    /// <summary>Copies a part of a tensor.</summary>
    /// <param name="tensor">A tensor of this file.</param>
    /// <param name="start">The first byte to copy, counted from the start of the tensor.</param>
    /// <param name="destination">Receives the bytes; its length is how many are read.</param>
    /// <exception cref="CheckpointException">The file can't be read or has become shorter than when it was opened.</exception>
    public void Read(SafetensorsTensor tensor, long start, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + destination.Length, tensor.ByteLength, nameof(start));
        FileBytes.ReadExactly(Path, _file, tensor.Offset + start, destination);
    }

    /// <summary>
    /// Tells the kernel to drop the pages that hold nothing but this tensor, of the map and of the file's cache. Its bytes stay valid: what
    /// is read again comes from the disk. A refusal is of no consequence.
    /// </summary>
    /// <param name="tensor">A tensor of this file.</param>
    public void Drop(SafetensorsTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        long page = Environment.SystemPageSize;
        long first = (tensor.Offset + page - 1) / page * page;
        long length = ((tensor.Offset + tensor.ByteLength) / page * page) - first;
        if (length > 0)
        {
            _map.Value.Drop(first, length);
            PageCache.DropRange(_file, first, length);
        }
    }

    /// <summary>
    /// Throws when the file has become shorter since it was opened. Touching mapped pages beyond its end would end the process, so
    /// whoever computes with <see cref="Data(string)"/> asks before (it costs one system call and allocates nothing).
    /// </summary>
    /// <exception cref="CheckpointException">The file has been truncated.</exception>
    public void ThrowIfTruncated()
    {
        long length = RandomAccess.GetLength(_file);
        if (length < Length)
        {
            throw new CheckpointException(Path, $"has been truncated from {Length} to {length} bytes while it was in use; restore it and restart");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_map.IsValueCreated)
        {
            _map.Value.Dispose();
        }

        _file.Dispose();
    }

    private static SafeFileHandle OpenFile(string path)
    {
        // Asked before opening, because opening a pipe would wait for a writer.
        FileInfo info = new(path);
        FileInfo target = info.Exists && info.ResolveLinkTarget(returnFinalTarget: true) is FileInfo end ? end : info;
        if (target.Exists && target.Length < LengthBytes)
        {
            throw new CheckpointException(path, $"has {target.Length} bytes, too few for the {LengthBytes}-byte header length");
        }

        return FileBytes.OpenForReading(path);
    }

    private static byte[] ReadHeader(string path, SafeFileHandle file, long fileLength)
    {
        Span<byte> prefix = stackalloc byte[LengthBytes];
        FileBytes.ReadExactly(path, file, 0, prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaxHeaderBytes || length > (ulong)(fileLength - LengthBytes))
        {
            throw new CheckpointException(
                path, $"the header length is {length}; allowed are at most {MaxHeaderBytes} and what the file of {fileLength} bytes holds");
        }

        byte[] json = new byte[length];
        FileBytes.ReadExactly(path, file, LengthBytes, json);
        if (json is not [(byte)'{', ..])
        {
            throw new CheckpointException(path, "the header does not begin with '{'");
        }

        return Utf8.IsValid(json) ? json : throw new CheckpointException(path, "the header is not valid UTF-8");
    }
}
