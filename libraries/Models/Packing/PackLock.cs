namespace DaprMoE.Models;

/// <summary>
/// Lets one process at a time pack into a folder. The operating system holds the lock on an open file and frees it when the process ends,
/// however that happens; the empty file stays, because removing it would let two processes hold locks on different files of the same name.
/// </summary>
internal sealed class PackLock : IDisposable
{
    /// <summary>Win32's ERROR_SHARING_VIOLATION as an HRESULT, and flock's EWOULDBLOCK on Linux and on macOS.</summary>
    private static readonly int[] HeldByAnother = OperatingSystem.IsWindows() ? [unchecked((int)0x80070020)] : [11, 35];

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _file;

    private PackLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a folder, waiting for another holder; null where the folder can't be written.</summary>
    public static PackLock? Take(string folder, PackOptions options, Action whileWaiting, CancellationToken cancellation)
    {
        string path = Path.Combine(folder, $"{PackedFile.Name}.lock");
        long start = options.Time.GetTimestamp();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                Directory.CreateDirectory(folder);
                return new PackLock(options.OpenLock(path));
            }
            catch (Exception fault) when (IsUnusable(fault))
            {
                return null;
            }
            catch (IOException fault)
            {
                if (options.Time.GetElapsedTime(start) > options.LockTimeout)
                {
                    throw new CheckpointException(
                        path, $"another process has been packing for {options.LockTimeout}; wait for it or end it, then try again", fault);
                }
            }

            whileWaiting();
            cancellation.WaitHandle.WaitOne(Interval);
        }
    }

    /// <summary>Opens or creates a lock file for one holder.</summary>
    public static FileStream Open(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    /// <summary>A file system that is read-only or full, say: waiting does not help, another folder may.</summary>
    private static bool IsUnusable(Exception fault) =>
        fault is UnauthorizedAccessException || (fault is IOException && !HeldByAnother.Contains(fault.HResult));

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
