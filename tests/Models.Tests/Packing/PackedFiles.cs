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

    /// <summary>Inverts the bits of one byte.</summary>
    public static void Flip(string path, long position) => Change(path, file =>
    {
        file.Position = position;
        int old = file.ReadByte();
        file.Position = position;
        file.WriteByte((byte)~old);
    });
}
