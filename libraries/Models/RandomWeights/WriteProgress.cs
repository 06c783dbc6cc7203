namespace DaprMoE.Models;

/// <summary>How far writing a checkpoint has come. Reports come from several threads, one at a time.</summary>
/// <param name="BytesDone">Bytes of weights written.</param>
/// <param name="BytesTotal">Bytes of weights to write.</param>
public readonly record struct WriteProgress(long BytesDone, long BytesTotal)
{
    internal static ByteReporter<WriteProgress> Reporter(IProgress<WriteProgress>? progress) =>
        new(progress, (done, total) => new WriteProgress(done, total));
}
