namespace DaprMoE.Models;

/// <summary>Finds a checkpoint's packed file or has it made, in the first folder that can be written.</summary>
internal static class PackedFileStore
{
    public static PackedFile OpenOrPack(PackRequest request, PackOptions options, PackReporter reporter, CancellationToken cancellation)
    {
        IReadOnlyList<string> folders = PackLocation.Folders(request, options);
        foreach (string folder in folders)
        {
            if (PackedFile.TryOpen(Path.Combine(folder, PackedFile.Name), request) is { } found)
            {
                return found;
            }
        }

        foreach (string folder in folders)
        {
            if (TryPack(folder, request, options, reporter, cancellation) is { } packed)
            {
                return packed;
            }
        }

        string? last = PackLocation.LastResort(request, options);
        if (last is not null && TryPack(last, request, options, reporter, cancellation) is { } kept)
        {
            return kept;
        }

        string tried = string.Join(", ", last is null ? folders : folders.Append(last));
        throw new CheckpointException(
            request.Folder,
            $"its packed file can't be written anywhere (tried {tried}); make one of them writable, or set XDG_CACHE_HOME to a folder that is");
    }

    private static PackedFile? TryPack(
        string folder, PackRequest request, PackOptions options, PackReporter reporter, CancellationToken cancellation)
    {
        using PackLock? held = PackLock.Take(folder, options, () => reporter.Report(PackPhase.Waiting), cancellation);
        if (held is null)
        {
            return null;
        }

        // Whoever held the lock before may have made what is wanted.
        string path = Path.Combine(folder, PackedFile.Name);
        if (PackedFile.TryOpen(path, request) is { } found)
        {
            return found;
        }

        Packer.Pack(path, request, options, reporter, cancellation);
        return PackedFile.TryOpen(path, request) ?? throw new CheckpointException(
            path, "is not what was just packed: the checkpoint's files changed meanwhile; try again");
    }
}
