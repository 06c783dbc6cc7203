namespace DaprMoE.Scheduling;

/// <summary>How loads start ahead of calls, and how all loads end.</summary>
internal static class LoadRules
{
    /// <summary>Loads a replica ahead of its call, into memory that is free and that no call waits for.</summary>
    public static void PreWarm(in ResidencyStep step, long requester, ReplicaId replica)
    {
        ResidencyState state = step.State;
        if (state.IsLost || !state.Knows(replica))
        {
            step.RefuseRequest(replica, requester, state.IsLost ? RefusalReason.DeviceLost : RefusalReason.UnknownExpert);
            return;
        }

        long bytes = state.SlotBytes(replica);
        long free = state.Calls.Queued > 0 ? 0 : state.Arena.FreeBytes;
        if (state.Residents.TryGet(replica, out Resident? resident))
        {
            if (resident.State == ReplicaState.Draining)
            {
                step.RefuseRequest(replica, requester, RefusalReason.Draining);
            }
        }
        else if (bytes > free)
        {
            step.RefuseRequest(replica, requester, RefusalReason.NoRoom, bytes, free);
        }
        else if (!step.MayWarmUp(bytes))
        {
            long limit = state.Settings.WarmUpBytesInFlight - state.LoadingBytes;
            step.RefuseRequest(replica, requester, RefusalReason.LoadBandwidth, bytes, Math.Max(0, limit));
        }
        else
        {
            step.Load(replica, requester, ResidencyReason.PreWarm);
        }
    }

    /// <summary>The weights are there.</summary>
    public static void Loaded(in ResidencyStep step, long load, ReplicaId replica)
    {
        if (!IsLoading(step.State, load, replica, out Resident? resident))
        {
            return;
        }

        step.EndLoad(resident);
        step.Move(resident, ReplicaState.Warm, ResidencyReason.Loaded);
        resident.IdleSinceUs = step.NowUs;
        for (; resident.Waiting > 0; resident.Waiting--)
        {
            step.Hold(resident);
        }

        ClaimRules.Arrived(step, replica);
        if (resident.Leaving is { } reason)
        {
            step.Drain(resident, reason);
        }
    }

    /// <summary>The load is over without weights.</summary>
    public static void Failed(in ResidencyStep step, long load, ReplicaId replica)
    {
        if (IsLoading(step.State, load, replica, out Resident? resident))
        {
            ClaimRules.Failed(step, replica);
            step.Vacate(resident, ResidencyReason.LoadFailed);
        }
    }

    /// <summary>Whoever asked for the load needs it no longer.</summary>
    public static void Cancel(in ResidencyStep step, long requester, ReplicaId replica)
    {
        if (step.State.Residents.TryGet(replica, out Resident? resident)
            && resident.Origin != ResidencyReason.Plan
            && resident.Requester == requester
            && IsCancellable(step.State, resident))
        {
            step.Vacate(resident, ResidencyReason.Cancelled);
        }
    }

    /// <summary>Whether a load may be stopped, by whom asked for it: no call may want it, nor a pin or the plan hold it.</summary>
    public static bool IsCancellable(ResidencyState state, Resident resident) =>
        resident is { State: ReplicaState.Loading, IsPinned: false, IsPlanned: false } && !state.Calls.IsWanted(resident.Id);

    private static bool IsLoading(
        ResidencyState state, long load, ReplicaId replica, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Resident? resident) =>
        state.Residents.TryGet(replica, out resident) && resident.State == ReplicaState.Loading && resident.Load == load;
}
