namespace DaprMoE.Simulation;

/// <summary>Draws a rank in proportion to integer weights, leaving out the ranks taken before.</summary>
internal sealed class RankDraw
{
    private readonly ulong[] _weights;
    private readonly ulong _sum;

    public RankDraw(ulong[] weights)
    {
        _weights = weights;
        foreach (ulong weight in weights)
        {
            _sum += weight;
        }
    }

    public int Draw(Xoshiro256 random, ReadOnlySpan<int> taken)
    {
        ulong sum = _sum;
        foreach (int rank in taken)
        {
            sum -= _weights[rank];
        }

        ulong left = random.Below(sum);
        for (int rank = 0; ; rank++)
        {
            if (taken.Contains(rank))
            {
                continue;
            }

            if (left < _weights[rank])
            {
                return rank;
            }

            left -= _weights[rank];
        }
    }
}
