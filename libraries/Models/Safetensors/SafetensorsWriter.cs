using System.Buffers.Binary;
using DaprMoE.Tensors;
using Microsoft.Win32.SafeHandles;

namespace DaprMoE.Models;

/// <summary>Writes a safetensors file; portions of tensors are made and written in parallel.</summary>
internal static class SafetensorsWriter
{
    private const int LengthBytes = 8;

    private const int PortionBytes = 4 << 20;

    public static void Write(string path, IReadOnlyList<WrittenTensor> tensors, ByteReporter<WriteProgress> reporter, CancellationToken cancellation)
    {
        byte[] header = Header(tensors);
        long dataStart = LengthBytes + header.Length;
        using SafeFileHandle file = File.OpenHandle(
            path, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.None, dataStart + tensors.Sum(t => t.ByteLength));
        byte[] length = new byte[LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        RandomAccess.Write(file, length, 0);
        RandomAccess.Write(file, header, LengthBytes);
        ParallelJobs<TensorPortion>.Run(
            Portions(tensors),
            Environment.ProcessorCount,
            portion =>
            {
                WritePortion(file, portion, dataStart);
                reporter.Add(portion.Bytes);
            },
            cancellation);
    }

    private static void WritePortion(SafeFileHandle file, TensorPortion portion, long dataStart)
    {
        using PortionBuffer buffer = new(portion.Bytes);
        Span<byte> bytes = buffer.Bytes(portion.Bytes);
        portion.Tensor.Fill(portion.Start / portion.Tensor.Type.Size(), bytes);
        RandomAccess.Write(file, bytes, dataStart + portion.TensorOffset + portion.Start);
    }

    private static IEnumerable<TensorPortion> Portions(IEnumerable<WrittenTensor> tensors)
    {
        long offset = 0;
        foreach (WrittenTensor tensor in tensors)
        {
            for (long start = 0; start < tensor.ByteLength; start += PortionBytes)
            {
                yield return new TensorPortion(tensor, offset, start, (int)Math.Min(PortionBytes, tensor.ByteLength - start));
            }

            offset += tensor.ByteLength;
        }
    }

    private static byte[] Header(IEnumerable<WrittenTensor> tensors) => SafetensorsHeaderWriter.Write(
        [new KeyValuePair<string, string>("format", "pt")],
        tensors.Select(tensor => new HeaderEntry(tensor.Name, tensor.Type.AsSafetensors(), tensor.Shape, tensor.ByteLength)));

    private readonly record struct TensorPortion(WrittenTensor Tensor, long TensorOffset, long Start, int Bytes);
}
