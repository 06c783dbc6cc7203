using System.Text;

namespace DaprMoE.Models.Tests.Packing;

/// <summary>Damages packed files.</summary>
internal static class PackedFiles
{
    /// <summary>Changes a packed file in place, though it is read-only.</summary>
    public static void Change(string path, Action<FileStream> change)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        change(file);
    }

    /// <summary>Changes the table and makes its checksum fit; the data part keeps its place.</summary>
    public static void ForgeTable(string path, string old, string forged)
    {
        byte[] table = ReadTable(path);
        string text = Encoding.UTF8.GetString(table);
        Assert.Contains(old, text, StringComparison.Ordinal);
        string changed = text.Replace(old, forged, StringComparison.Ordinal);
        Assert.Equal(PackedHeader.DataStart(table.Length), PackedHeader.DataStart(changed.Length));
        Change(path, file => PackedHeader.Write(file.SafeFileHandle, Encoding.UTF8.GetBytes(changed)));
    }

    private static byte[] ReadTable(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        return file.AsSpan(32, BitConverter.ToInt32(file, 12)).ToArray();
    }

    /// <summary>Inverts the bits of one byte.</summary>
    public static void Flip(string path, long position) => Change(path, file =>
    {
        file.Position = position;
        int old = file.ReadByte();
        file.Position = position;
        file.WriteByte((byte)~old);
    });
}
