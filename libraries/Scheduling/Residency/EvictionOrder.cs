namespace DaprMoE.Scheduling;

/// <summary>
/// Makes room by pressure. First goes what the plan does not hold, of that last what it retains; then what is used farthest in the future;
/// then what was used longest ago; then by name. <see cref="EvictionRule"/> may leave out future use. Only warm replicas that are not
/// pinned go.
/// </summary>
internal static class EvictionOrder
{
    /// <summary>Bytes that pressure can make free.</summary>
    public static long EvictableBytes(in ResidencyStep step, bool plannedToo)
    {
        long bytes = 0;
        foreach (Resident resident in step.State.Residents.All)
        {
            bytes += resident.IsEvictable(plannedToo) ? resident.Bytes : 0;
        }

        return bytes;
    }

    /// <summary>Evicts until so many bytes are free; the caller has seen to it that they can be.</summary>
    public static void MakeRoom(in ResidencyStep step, long bytes, bool plannedToo)
    {
        while (step.State.Arena.FreeBytes < bytes)
        {
            Resident victim = First(step.State, plannedToo)
                ?? throw new InvalidOperationException($"Pressure cannot make {bytes} bytes free; this is a defect of the caller's check.");
            step.Vacate(victim, ResidencyReason.Pressure);
        }
    }

    private static Resident? First(ResidencyState state, bool plannedToo)
    {
        Resident? first = null;
        double firstSteps = 0;
        bool looksAhead = state.Settings.Eviction == EvictionRule.NextUse;
        foreach (Resident resident in state.Residents.All)
        {
            if (resident.IsEvictable(plannedToo))
            {
                double steps = looksAhead ? state.Uses.StepsToUse(resident.Id.Expert) : 0;
                if (first is null || GoesBefore(resident, steps, first, firstSteps))
                {
                    (first, firstSteps) = (resident, steps);
                }
            }
        }

        return first;
    }

    private static bool GoesBefore(Resident left, double leftSteps, Resident right, double rightSteps)
    {
        if (left.IsPlanned != right.IsPlanned)
        {
            return right.IsPlanned;
        }

        if (left.IsRetained != right.IsRetained)
        {
            return right.IsRetained;
        }

        if (leftSteps != rightSteps)
        {
            return leftSteps > rightSteps;
        }

        return left.IdleSinceUs != right.IdleSinceUs ? left.IdleSinceUs < right.IdleSinceUs : Name(left).CompareTo(Name(right)) < 0;
    }

    private static (int, int, int) Name(Resident resident) => (resident.Id.Expert.Layer, resident.Id.Expert.Expert, resident.Id.Index);
}
