using Microsoft.Win32.SafeHandles;

namespace DaprMoE.Models;

/// <summary>Writes the packed file of a checkpoint: aside, flushed to the disk, then renamed into place.</summary>
internal sealed class Packer(
    Checkpoint checkpoint, PackRequest request, PackPlan plan, int threads, ByteReporter<PackProgress> reporter)
{
    /// <summary>Packs into <paramref name="path"/>. The caller holds the folder's lock.</summary>
    public void Pack(string path, CancellationToken cancellation)
    {
        string aside = $"{path}.tmp";
        try
        {
            Write(aside, cancellation);
            RequireSameSources();
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
        File.Delete(path);

        // Space is taken in advance, so that a full disk is an error at once. The length is set because nothing writes the last padding.
        using SafeFileHandle file = File.OpenHandle(
            path, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.None, plan.Length);
        RandomAccess.SetLength(file, plan.Length);
        WeightsHash hash = new();
        PackTarget target = new(file, plan.DataStart, plan.Layout.DataBytes, reporter, cancellation);
        Run(PackJobs.Of(checkpoint, plan.Layout, hash), target, cancellation);
        reporter.Report(PackProgress.Flushing);
        PackedHeader.Write(file, PackedTable.Of(plan.Layout, request.Sources, hash.Finish()).ToJson());
        RandomAccess.FlushToDisk(file);
        PageCache.Drop(file);
        Protect(path);
    }

    /// <summary>The table names the files as they were before packing; were they written since, it may hold parts of old and new.</summary>
    private void RequireSameSources()
    {
        if (!SourceFile.Of(request.Folder).SequenceEqual(request.Sources))
        {
            throw new CheckpointException(request.Folder, "its weight files changed while they were packed; try again when they are complete");
        }
    }

    /// <summary>Jobs go to the threads one by one, largest first, so that all threads end together.</summary>
    private void Run(IReadOnlyList<PackJob> jobs, PackTarget target, CancellationToken cancellation)
    {
        reporter.Begin(jobs.Sum(job => job.SourceBytes));
        ParallelJobs<PackJob>.Run(jobs.OrderByDescending(job => job.SourceBytes), threads, job => job.Run(target), cancellation);
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
