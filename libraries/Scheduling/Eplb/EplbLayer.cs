namespace DaprMoE.Scheduling;

/// <summary>EPLB's plan of one layer.</summary>
/// <param name="ExpertOf">Expert of each physical slot; device d owns slots [d · S, (d + 1) · S), S = replicas / devices.</param>
/// <param name="RankOf">Rank of each slot's replica among those of its expert.</param>
/// <param name="CountOf">Replicas of each expert.</param>
public sealed record EplbLayer(int[] ExpertOf, int[] RankOf, int[] CountOf)
{
    /// <summary>Slot of each expert's replicas by rank, padded with −1.</summary>
    /// <param name="width">Length of each row, at least the largest count.</param>
    public int[][] SlotsByExpert(int width)
    {
        int[][] table = new int[CountOf.Length][];
        for (int e = 0; e < table.Length; e++)
        {
            table[e] = new int[width];
            Array.Fill(table[e], -1);
        }

        for (int slot = 0; slot < ExpertOf.Length; slot++)
        {
            table[ExpertOf[slot]][RankOf[slot]] = slot;
        }

        return table;
    }
}
