namespace DaprMoE.Predictors;

/// <summary>The k largest of a row of shares, in descending order, of equals the lower expert first.</summary>
internal static class LargestShares
{
    public static void Take(ReadOnlySpan<float> shares, Span<ushort> chosen)
    {
        for (int slot = 0; slot < chosen.Length; slot++)
        {
            int best = -1;
            for (int expert = 0; expert < shares.Length; expert++)
            {
                if ((best < 0 || shares[expert] > shares[best]) && !chosen[..slot].Contains((ushort)expert))
                {
                    best = expert;
                }
            }

            chosen[slot] = (ushort)best;
        }
    }
}
