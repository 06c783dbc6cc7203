namespace DaprMoE.Models;

/// <summary>How far packing has come. Reports come from several threads, one at a time.</summary>
/// <param name="Phase">What is being done.</param>
/// <param name="BytesDone">Bytes of the checkpoint that are packed.</param>
/// <param name="BytesTotal">Bytes of the checkpoint to pack; 0 while waiting.</param>
public readonly record struct PackProgress(PackPhase Phase, long BytesDone, long BytesTotal)
{
    internal static ByteReporter<PackProgress> Reporter(IProgress<PackProgress>? progress) =>
        new(progress, (done, total) => new PackProgress(PackPhase.Packing, done, total));

    internal static PackProgress Waiting(long done, long total) => new(PackPhase.Waiting, done, total);

    internal static PackProgress Flushing(long done, long total) => new(PackPhase.Flushing, done, total);
}
