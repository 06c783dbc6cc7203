using Microsoft.Win32.SafeHandles;

namespace DaprMoE.Models;

/// <summary>Opens and reads files with errors that name them.</summary>
internal static class FileBytes
{
    /// <summary>Opens an existing file.</summary>
    public static SafeFileHandle OpenForReading(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(path, $"can't be opened: {fault.Message}", fault);
        }
    }

    /// <summary>Fills a span from a position of the file; a file that ends earlier is an error.</summary>
    public static void ReadExactly(string path, SafeFileHandle file, long position, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            int read = ReadSome(path, file, position, destination);
            if (read == 0)
            {
                throw new CheckpointException(
                    path, $"ends at byte {position}, {destination.Length} bytes before what its header promises; was it truncated?");
            }

            position += read;
            destination = destination[read..];
        }
    }

    private static int ReadSome(string path, SafeFileHandle file, long position, Span<byte> destination)
    {
        try
        {
            return RandomAccess.Read(file, destination, position);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(path, $"can't be read: {fault.Message}", fault);
        }
    }
}
