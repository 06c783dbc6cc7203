namespace DaprMoE.Scheduling;

/// <summary>How a call works on more experts than fit at a time: in waves, each of which is wanted, computed and released.</summary>
public static class ExpertWaves
{
    /// <summary>
    /// Splits what a call needs into the fewest waves. What is warm comes first, before a later wave's loads can evict it; otherwise
    /// the given order stays. Loads of the next wave may be pre-warmed meanwhile.
    /// </summary>
    /// <param name="warm">Whether each needed replica is warm.</param>
    /// <param name="slots">Replicas that a wave may have, at least 1 (<see cref="ResidencyState.SlotsFor"/>).</param>
    /// <param name="waves">Gets the wave of each needed replica, from 0; as long as <paramref name="warm"/>.</param>
    /// <returns>How many waves there are; 0 when nothing is needed.</returns>
    /// <exception cref="ArgumentException">There is no slot, or the lengths differ.</exception>
    public static int Split(ReadOnlySpan<bool> warm, int slots, Span<int> waves)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        if (waves.Length != warm.Length)
        {
            throw new ArgumentException($"{warm.Length} replicas are needed and {waves.Length} waves are to be told.", nameof(waves));
        }

        int placed = Place(warm, isWarm: true, placed: 0, slots, waves);
        placed = Place(warm, isWarm: false, placed, slots, waves);
        return placed == 0 ? 0 : (placed - 1) / slots + 1;
    }

    private static int Place(ReadOnlySpan<bool> warm, bool isWarm, int placed, int slots, Span<int> waves)
    {
        for (int index = 0; index < warm.Length; index++)
        {
            if (warm[index] == isWarm)
            {
                waves[index] = placed++ / slots;
            }
        }

        return placed;
    }
}
