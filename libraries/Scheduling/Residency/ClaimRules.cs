namespace DaprMoE.Scheduling;

/// <summary>
/// How calls get replicas: all at once or none. Calls that need memory are served in order of arrival; while one waits for memory it
/// holds nothing, so calls never wait for each other in a circle.
/// </summary>
internal static class ClaimRules
{
    /// <summary>
    /// Serves those that wait for memory, in order of arrival, until one does not get it now; one that later pins leave too little is
    /// refused, so that it does not keep the others waiting.
    /// </summary>
    public static void ServeQueue(in ResidencyStep step)
    {
        while (step.State.Calls.FirstQueued() is { } call)
        {
            if (CanClaim(step, call, out long missingBytes))
            {
                Claim(step, call, missingBytes);
                continue;
            }

            (RefusalReason refusal, long bytes, long limit) = NeverFits(step.State, call);
            if (refusal == RefusalReason.None)
            {
                return;
            }

            CallRules.EndWait(step, call, refusal, bytes, limit);
        }
    }

    /// <summary>Takes what is warm, makes room and starts the loads of the rest.</summary>
    public static void Claim(in ResidencyStep step, ResidencyCall call, long missingBytes)
    {
        ResidencyState state = step.State;
        if (call.Replicas.Count > 0)
        {
            state.Uses.Run(call.Replicas[0].Expert.Layer);
        }

        state.Calls.StartLoading(call);
        HoldWarm(step, call);
        EvictionOrder.MakeRoom(step, missingBytes, plannedToo: true);
        foreach (ReplicaId replica in call.Replicas)
        {
            Resident resident = state.Residents.TryGet(replica, out Resident? known)
                ? known
                : step.Load(replica, call.Id, ResidencyReason.Demand);
            if (resident.State == ReplicaState.Loading)
            {
                resident.Waiting++;
                call.Missing++;
            }
        }

        AdmitWhenComplete(step, call);
    }

    /// <summary>A load ended well: its replica belongs to the calls that waited for it.</summary>
    public static void Arrived(in ResidencyStep step, ReplicaId replica)
    {
        CallTable calls = step.State.Calls;
        for (int index = 0; index < calls.Waiting.Count;)
        {
            ResidencyCall call = calls.Waiting[index];
            call.Missing -= WaitsFor(call, replica) ? 1 : 0;
            index += AdmitWhenComplete(step, call) ? 0 : 1;
        }
    }

    /// <summary>A load ended badly: the calls that waited for it are refused.</summary>
    public static void Failed(in ResidencyStep step, ReplicaId replica)
    {
        CallTable calls = step.State.Calls;
        for (int index = 0; index < calls.Waiting.Count;)
        {
            if (WaitsFor(calls.Waiting[index], replica))
            {
                CallRules.EndWait(step, calls.Waiting[index], RefusalReason.LoadFailed);
            }
            else
            {
                index++;
            }
        }
    }

    /// <summary>Whether the call is larger than the budget, or than what pinned replicas leave of it; with both numbers.</summary>
    public static (RefusalReason Reason, long Bytes, long LimitBytes) NeverFits(ResidencyState state, ResidencyCall call)
    {
        long bytes = 0;
        foreach (ReplicaId replica in call.Replicas)
        {
            bytes += state.SlotBytes(replica);
        }

        long limit = state.Settings.BudgetBytes;
        if (bytes > limit)
        {
            return (RefusalReason.OverBudget, bytes, limit);
        }

        foreach (Resident resident in state.Residents.Pinned > 0 ? state.Residents.All : [])
        {
            limit -= resident.IsPinned && !call.Replicas.Contains(resident.Id) ? resident.Bytes : 0;
        }

        return (bytes > limit ? RefusalReason.NoRoom : RefusalReason.None, bytes, limit);
    }

    private static bool CanClaim(in ResidencyStep step, ResidencyCall call, out long missingBytes)
    {
        missingBytes = 0;
        long ownEvictable = 0;
        foreach (ReplicaId replica in call.Replicas)
        {
            if (!step.State.Residents.TryGet(replica, out Resident? resident))
            {
                missingBytes += step.State.SlotBytes(replica);
            }
            else if (resident.State == ReplicaState.Draining)
            {
                return false;
            }
            else
            {
                ownEvictable += resident.IsEvictable(plannedToo: true) ? resident.Bytes : 0;
            }
        }

        long free = step.State.Arena.FreeBytes;
        return missingBytes <= free || missingBytes <= free + EvictionOrder.EvictableBytes(step, plannedToo: true) - ownEvictable;
    }

    private static void HoldWarm(in ResidencyStep step, ResidencyCall call)
    {
        foreach (ReplicaId replica in call.Replicas)
        {
            if (step.State.Residents.TryGet(replica, out Resident? resident) && resident.State != ReplicaState.Loading)
            {
                step.Hold(resident);
            }
        }
    }

    private static bool WaitsFor(ResidencyCall call, ReplicaId replica) =>
        call.Phase == CallPhase.Loading && call.Replicas.Contains(replica);

    private static bool AdmitWhenComplete(in ResidencyStep step, ResidencyCall call)
    {
        if (call.Phase != CallPhase.Loading || call.Missing > 0)
        {
            return false;
        }

        step.State.Calls.StartRunning(call);
        step.Effects.Add(new ResidencyEffect(ResidencyEffectKind.Admit, Replica: default, Slot: default, call.Id));
        return true;
    }
}
