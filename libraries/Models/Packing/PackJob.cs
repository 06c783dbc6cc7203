namespace DaprMoE.Models;

/// <summary>One piece of packing that a thread does alone: one tensor, or the pair that is interleaved.</summary>
internal abstract class PackJob
{
    /// <summary>Rows are taken in portions of about so many bytes, which bounds the memory whatever the matrix.</summary>
    private const int PortionBytes = 4 << 20;

    /// <summary>Bytes that the job reads.</summary>
    public abstract long SourceBytes { get; }

    /// <summary>Reads, converts and writes.</summary>
    public abstract void Run(PackTarget target);

    /// <summary>Rows in one portion: whole panels.</summary>
    protected static int PortionRows(int rowBytes, int rows)
    {
        const int Panel = Tensors.PackedMatrix.PanelWidth;
        int portion = Math.Max(Panel, PortionBytes / Math.Max(rowBytes, 1) / Panel * Panel);
        return Math.Min(portion, rows);
    }
}
