namespace DaprMoE.Models;

/// <summary>A file that a packed file was made from. When any of these differ, the packed file is stale.</summary>
/// <param name="Name">File name without folder.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="ModifiedTicks">When it was last written: UTC ticks of 100 ns since the year 1.</param>
internal sealed record SourceFile(string Name, long Bytes, long ModifiedTicks)
{
    /// <summary>The weight files of a checkpoint as they are now.</summary>
    /// <exception cref="CheckpointException">One of them does not exist.</exception>
    public static SourceFile[] Of(string folder) =>
        [.. CheckpointTensors.SourceNames(folder).Select(name => Of(folder, name))];

    private static SourceFile Of(string folder, string name)
    {
        FileInfo file = new(Path.Combine(folder, name));
        FileInfo target = file.Exists && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo end ? end : file;
        return target.Exists
            ? new SourceFile(name, target.Length, target.LastWriteTimeUtc.Ticks)
            : throw new CheckpointException(file.FullName, "does not exist, though the checkpoint's index names it");
    }
}
