using System.Buffers.Binary;
using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;

namespace DaprMoE.Models;

/// <summary>
/// The start of a packed file: magic (8 bytes), format version (u32), bytes of the table (u32), XxHash128 of the table (16 bytes),
/// the table as JSON, zeros up to a whole page. Numbers are little-endian. The data part follows.
/// </summary>
internal static class PackedHeader
{
    private const uint Version = 1;

    private const int PrefixBytes = 32;

    private const int MaxTableBytes = 64 << 20;

    private static ReadOnlySpan<byte> Magic => "DaprMoEP"u8;

    /// <summary>Bytes before the data part.</summary>
    public static long DataStart(int tableBytes) => PackedLayout.Align(PrefixBytes + tableBytes, PackedLayout.PageSize);

    /// <summary>Writes the header.</summary>
    public static void Write(SafeFileHandle file, byte[] table)
    {
        byte[] header = new byte[DataStart(table.Length)];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(12), (uint)table.Length);
        XxHash128.Hash(table, header.AsSpan(16));
        table.CopyTo(header, PrefixBytes);
        RandomAccess.Write(file, header, 0);
    }

    /// <summary>Reads the table; null where the file is no intact packed file of this version.</summary>
    public static (PackedTable Table, long DataStart)? Read(string path, SafeFileHandle file)
    {
        long length = RandomAccess.GetLength(file);
        byte[] prefix = new byte[PrefixBytes];
        if (length < PrefixBytes)
        {
            return null;
        }

        FileBytes.ReadExactly(path, file, 0, prefix);
        uint tableBytes = BinaryPrimitives.ReadUInt32LittleEndian(prefix.AsSpan(12));
        if (!prefix.AsSpan(0, 8).SequenceEqual(Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(prefix.AsSpan(8)) != Version
            || tableBytes > MaxTableBytes
            || tableBytes > length - PrefixBytes)
        {
            return null;
        }

        byte[] json = new byte[tableBytes];
        FileBytes.ReadExactly(path, file, PrefixBytes, json);
        long dataStart = DataStart(json.Length);
        return prefix.AsSpan(16, 16).SequenceEqual(XxHash128.Hash(json))
            && PackedTable.FromJson(json) is { Layout: PackedLayout.Name } table
            && length - dataStart == table.DataBytes
            ? (table, dataStart)
            : null;
    }
}
