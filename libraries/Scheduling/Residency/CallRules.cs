namespace DaprMoE.Scheduling;

/// <summary>How calls come and go.</summary>
internal static class CallRules
{
    /// <summary>A call needs replicas; it is served at the end of the step if that can be.</summary>
    public static void Want(in ResidencyStep step, in ResidencyEvent want)
    {
        ResidencyState state = step.State;
        RefusalReason refusal = state.IsLost ? RefusalReason.DeviceLost
            : !KnowsAll(state, want.Replicas.Span) ? RefusalReason.UnknownExpert
            : want.TimeUs <= step.NowUs ? RefusalReason.Deadline
            : state.WaitingCalls >= state.Settings.MaxWaitingCalls ? RefusalReason.QueueFull
            : RefusalReason.None;
        if (refusal != RefusalReason.None)
        {
            Refuse(step, want.Id, refusal);
            return;
        }

        ResidencyCall call = state.Calls.Open(want.Id, want.Replicas.Span, want.TimeUs);
        (refusal, long bytes, long limit) = ClaimRules.NeverFits(state, call);
        if (refusal != RefusalReason.None)
        {
            state.Calls.Close(call);
            Refuse(step, want.Id, refusal, bytes, limit);
        }
    }

    /// <summary>A call takes what is warm, or nothing.</summary>
    public static void Acquire(in ResidencyStep step, in ResidencyEvent acquire)
    {
        foreach (ReplicaId replica in acquire.Replicas.Span)
        {
            if (step.State.StateOf(replica) is not (ReplicaState.Warm or ReplicaState.Busy))
            {
                Refuse(step, acquire.Id, step.State.IsLost ? RefusalReason.DeviceLost : RefusalReason.NotResident);
                return;
            }
        }

        ClaimRules.Claim(step, step.State.Calls.Open(acquire.Id, acquire.Replicas.Span, long.MaxValue), missingBytes: 0);
    }

    /// <summary>A call ends or gives up.</summary>
    public static void Release(in ResidencyStep step, long id)
    {
        if (!step.State.Calls.TryGet(id, out ResidencyCall? call))
        {
            return;
        }

        if (call.Phase == CallPhase.Running)
        {
            GiveBack(step, call);
            step.State.Calls.Close(call);
        }
        else
        {
            EndWait(step, call, RefusalReason.Withdrawn);
        }
    }

    /// <summary>Ends the waits whose deadline is past.</summary>
    public static void Expire(in ResidencyStep step)
    {
        CallTable calls = step.State.Calls;
        for (int index = 0; step.NowUs >= calls.EarliestDeadlineUs && index < calls.Waiting.Count;)
        {
            if (calls.Waiting[index].DeadlineUs <= step.NowUs)
            {
                EndWait(step, calls.Waiting[index], RefusalReason.Deadline);
            }
            else
            {
                index++;
            }
        }
    }

    /// <summary>The device is gone: every wait ends, and nothing is held.</summary>
    public static void LoseDevice(in ResidencyStep step)
    {
        foreach (ResidencyCall call in step.State.Calls.Waiting)
        {
            Refuse(step, call.Id, RefusalReason.DeviceLost);
        }

        step.State.Calls.Clear();
    }

    /// <summary>A wait ends without the experts; what the call held or waited for it no longer does.</summary>
    public static void EndWait(in ResidencyStep step, ResidencyCall call, RefusalReason reason, long bytes = 0, long limitBytes = 0)
    {
        if (call.Phase == CallPhase.Loading)
        {
            GiveBack(step, call);
        }

        step.State.Calls.Close(call);
        Refuse(step, call.Id, reason, bytes, limitBytes);
    }

    private static void GiveBack(in ResidencyStep step, ResidencyCall call)
    {
        foreach (ReplicaId replica in call.Replicas)
        {
            Resident resident = step.State.Residents[replica];
            if (resident.State == ReplicaState.Loading)
            {
                resident.Waiting--;
            }
            else
            {
                step.LetGo(resident);
            }
        }
    }

    private static bool KnowsAll(ResidencyState state, ReadOnlySpan<ReplicaId> replicas)
    {
        foreach (ReplicaId replica in replicas)
        {
            if (!state.Knows(replica))
            {
                return false;
            }
        }

        return true;
    }

    private static void Refuse(in ResidencyStep step, long call, RefusalReason reason, long bytes = 0, long limitBytes = 0) =>
        step.Effects.Add(new ResidencyEffect(
            ResidencyEffectKind.Refuse, Replica: default, Slot: default, call, reason, bytes, limitBytes));
}
