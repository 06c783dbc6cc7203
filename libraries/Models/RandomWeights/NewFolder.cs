namespace DaprMoE.Models;

/// <summary>A folder that may not be there yet. What was missing of its path goes away again unless it is kept.</summary>
internal sealed class NewFolder : IDisposable
{
    // Innermost first.
    private readonly List<string> _missing;
    private readonly string _path;
    private readonly string _present;
    private bool _kept;

    private NewFolder(string path, List<string> missing, string present)
    {
        _path = path;
        _missing = missing;
        _present = present;
    }

    public static NewFolder At(string path)
    {
        string full = Path.GetFullPath(path);
        List<string> missing = [];
        string? at = full;
        while (at is not null && !Directory.Exists(at))
        {
            missing.Add(at);
            at = Path.GetDirectoryName(at);
        }

        return new NewFolder(full, missing, at ?? full);
    }

    /// <exception cref="DiskFullException">Fewer bytes are free where the folder is or will be.</exception>
    public void RequireFree(long bytes)
    {
        long free = new DriveInfo(_present).AvailableFreeSpace;
        if (bytes > free)
        {
            throw new DiskFullException(_path, bytes, free);
        }
    }

    public void Keep() => _kept = true;

    public void Dispose()
    {
        if (_kept || _missing.Count == 0)
        {
            return;
        }

        try
        {
            if (Directory.Exists(_path))
            {
                Directory.Delete(_path, recursive: true);
            }

            // Those above it may have been filled by somebody else meanwhile.
            foreach (string folder in _missing.Skip(1).Where(Directory.Exists))
            {
                Directory.Delete(folder);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // What ended the writing is the error that counts.
        }
    }
}
