using Microsoft.Win32.SafeHandles;

namespace DaprMoE.Models;

/// <summary>Writes the packed file of a checkpoint: aside, flushed to the disk, then renamed into place.</summary>
internal sealed class Packer
{
    private readonly Checkpoint _checkpoint;
    private readonly PackRequest _request;
    private readonly PackOptions _options;
    private readonly ByteReporter<PackProgress> _reporter;

    private Packer(Checkpoint checkpoint, PackRequest request, PackOptions options, ByteReporter<PackProgress> reporter)
    {
        _checkpoint = checkpoint;
        _request = request;
        _options = options;
        _reporter = reporter;
    }

    /// <summary>Packs into <paramref name="path"/>. The caller holds the folder's lock.</summary>
    public static void Pack(string path, PackRequest request, PackOptions options, ByteReporter<PackProgress> reporter, CancellationToken cancellation)
    {
        using Checkpoint checkpoint = Checkpoint.Open(request.Folder);
        string aside = $"{path}.tmp";
        try
        {
            new Packer(checkpoint, request, options, reporter).Write(aside, cancellation);
            File.Move(aside, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            const string Remedy = "free some space, or choose another folder (XDG_CACHE_HOME sets the cache's)";
            throw new CheckpointException(path, $"can't be written: {fault.Message} {Remedy}", fault);
        }
        finally
        {
            File.Delete(aside);
        }
    }

    private void Write(string path, CancellationToken cancellation)
    {
        PackedLayout layout = PackedLayoutPlanner.Plan(
            _request.Description, _request.Family.Names, (_, source) => _checkpoint.Find(source).Type);
        int tableBytes = PackedTable.Of(layout, _request.Sources, WeightsHash.Placeholder).ToJson().Length;
        long dataStart = PackedHeader.DataStart(tableBytes);
        File.Delete(path);

        // Space is taken in advance, so that a full disk is an error at once. The length is set because nothing writes the last padding.
        using SafeFileHandle file = File.OpenHandle(
            path, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.None, dataStart + layout.DataBytes);
        RandomAccess.SetLength(file, dataStart + layout.DataBytes);
        WeightsHash hash = new();
        PackTarget target = new(file, dataStart, layout.DataBytes, _reporter, cancellation);
        Run(PackJobs.Of(_checkpoint, layout, hash), target, cancellation);
        _reporter.Report(PackProgress.Flushing);
        PackedHeader.Write(file, PackedTable.Of(layout, _request.Sources, hash.Finish()).ToJson());
        RandomAccess.FlushToDisk(file);
        PageCache.Drop(file);
        Protect(path);
    }

    /// <summary>Jobs go to the threads one by one, largest first, so that all threads end together.</summary>
    private void Run(IReadOnlyList<PackJob> jobs, PackTarget target, CancellationToken cancellation)
    {
        _reporter.Begin(jobs.Sum(job => job.SourceBytes));
        ParallelJobs<PackJob>.Run(jobs.OrderByDescending(job => job.SourceBytes), _options.Threads, job => job.Run(target), cancellation);
    }

    /// <summary>A file that is mapped must not be shortened; being read-only keeps accidents away.</summary>
    private static void Protect(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Write = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) & ~Write);
        }
    }
}
