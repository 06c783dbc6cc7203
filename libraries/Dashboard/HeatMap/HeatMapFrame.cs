namespace DaprMoE.Dashboard;

/// <summary>
/// A heat map as the canvas takes it: two bytes per expert, row by row. The first is the load, 0 to 255 on a square-root scale of the
/// busiest expert; the second is the residency in bits 0 to 2 and the number of copies in bits 3 to 7.
/// </summary>
/// <param name="Rows">Layers.</param>
/// <param name="Columns">Experts of the widest layer.</param>
/// <param name="Cells">The bytes.</param>
internal sealed record HeatMapFrame(int Rows, int Columns, byte[] Cells)
{
    private const int BytesPerCell = 2;
    private const int CopiesShift = 3;
    private const int MostCopies = 31;

    /// <summary>Draws a map.</summary>
    public static HeatMapFrame Of(ExpertMap map)
    {
        HeatMapFrame frame = new(map.Layers.Count, map.Experts, new byte[map.Layers.Count * map.Experts * BytesPerCell]);
        frame.FillResidency(map);
        frame.FillLoads(map);
        return frame;
    }

    /// <summary>Whether it looks the same.</summary>
    public bool LooksLike(HeatMapFrame other) => Rows == other.Rows && Columns == other.Columns && Cells.AsSpan().SequenceEqual(other.Cells);

    private void FillLoads(ExpertMap map)
    {
        long most = map.Layers.Max(layer => layer.Tokens.Max());
        for (int row = 0; row < Rows; row++)
        {
            IReadOnlyList<long> tokens = map.Layers[row].Tokens;
            for (int expert = 0; expert < Columns; expert++)
            {
                int at = At(row, expert);
                if (expert >= tokens.Count)
                {
                    Cells[at + 1] = (byte)CellState.None;
                }
                else if (most > 0)
                {
                    Cells[at] = (byte)Math.Round(byte.MaxValue * Math.Sqrt((double)tokens[expert] / most));
                }
            }
        }
    }

    private void FillResidency(ExpertMap map)
    {
        Dictionary<int, int> rows = map.Layers.Select((layer, row) => (layer.Layer, row)).ToDictionary();
        foreach (ReplicaView replica in map.Replicas)
        {
            int at = At(rows[replica.Layer], replica.Expert) + 1;
            int copies = Math.Min((Cells[at] >> CopiesShift) + 1, MostCopies);
            CellState state = Best((CellState)(Cells[at] & ((1 << CopiesShift) - 1)), StateOf(replica.State));
            Cells[at] = (byte)((copies << CopiesShift) | (int)state);
        }
    }

    private int At(int row, int expert) => ((row * Columns) + expert) * BytesPerCell;

    // A cell shows the best of its copies: one that can be called outweighs one that comes or goes.
    private static CellState Best(CellState one, CellState other) => (CellState)Math.Max((int)one, (int)other);

    private static CellState StateOf(string state) => state switch
    {
        ReplicaStates.Loading => CellState.Loading,
        ReplicaStates.Draining => CellState.Draining,
        _ => CellState.Warm,
    };

    private enum CellState
    {
        Absent,
        Draining,
        Loading,
        Warm,

        /// <summary>The layer has no such expert.</summary>
        None = 7,
    }
}
