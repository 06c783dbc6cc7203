namespace DaprMoE.Models;

/// <summary>
/// Lets one process at a time pack into a folder. The operating system holds the lock on an open file and frees it when the process ends,
/// however that happens; the empty file stays, because removing it would let two processes hold locks on different files of the same name.
/// </summary>
internal sealed class PackLock : IDisposable
{
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
                return new PackLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (UnauthorizedAccessException)
            {
                return null;
            }
            catch (IOException) when (!File.Exists(path))
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

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
