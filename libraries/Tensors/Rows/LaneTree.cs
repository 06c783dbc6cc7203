namespace DaprMoE.Tensors;

/// <summary>The fixed tree that adds 16 lane sums: lane j and lane j + 8, then + 4, + 2, + 1.</summary>
internal static unsafe class LaneTree
{
    /// <summary>The sum; the lanes are overwritten.</summary>
    public static float Sum(float* lanes)
    {
        for (var half = 8; half > 0; half /= 2)
        {
            for (var lane = 0; lane < half; lane++)
            {
                lanes[lane] += lanes[lane + half];
            }
        }

        return lanes[0];
    }
}
