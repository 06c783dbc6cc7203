namespace DaprMoE.Models;

/// <summary>Finds a checkpoint's packed file or has it made, in the first folder that can be written.</summary>
internal sealed class PackedFileStore(
    PackRequest request, PackOptions options, ByteReporter<PackProgress> reporter, CancellationToken cancellation)
{
    private readonly IReadOnlyList<string> _folders = PackLocation.Folders(request, options);

    public PackedFile OpenOrPack() => Find() ?? Pack();

    private PackedFile? Find()
    {
        foreach (string folder in _folders)
        {
            if (PackedFile.TryOpen(PathIn(folder), request) is { } found)
            {
                return Approved(found);
            }
        }

        return null;
    }

    private PackedFile Approved(PackedFile file)
    {
        try
        {
            options.Approve?.Invoke(request.Description, file.Length);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private PackedFile Pack()
    {
        using Checkpoint checkpoint = Checkpoint.Open(request.Folder);
        PackPlan plan = PackPlan.Of(checkpoint, request);
        options.Approve?.Invoke(request.Description, plan.Length);
        Packer packer = new(checkpoint, request, plan, options.Threads, reporter);
        foreach (string folder in _folders)
        {
            if (TryPack(packer, folder) is { } packed)
            {
                return packed;
            }
        }

        string? last = PackLocation.LastResort(request, options);
        if (last is not null && TryPack(packer, last) is { } kept)
        {
            return kept;
        }

        string tried = string.Join(", ", last is null ? _folders : _folders.Append(last));
        throw new CheckpointException(
            request.Folder,
            $"its packed file can't be written anywhere (tried {tried}); make one of them writable, or set XDG_CACHE_HOME to a folder that is");
    }

    private PackedFile? TryPack(Packer packer, string folder)
    {
        using PackLock? held = PackLock.Take(folder, options, () => reporter.Report(PackProgress.Waiting), cancellation);
        if (held is null)
        {
            return null;
        }

        // Whoever held the lock before may have made what is wanted.
        string path = PathIn(folder);
        if (PackedFile.TryOpen(path, request) is { } found)
        {
            return found;
        }

        packer.Pack(path, cancellation);
        return PackedFile.TryOpen(path, request) ?? throw new CheckpointException(
            path, "is not what was just packed: something else wrote to it; try again");
    }

    private static string PathIn(string folder) => Path.Combine(folder, PackedFile.Name);
}
