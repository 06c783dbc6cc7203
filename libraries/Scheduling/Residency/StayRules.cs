namespace DaprMoE.Scheduling;

/// <summary>How long replicas stay: pins, drains, keep-alive, scale to zero, loss of the device.</summary>
internal static class StayRules
{
    public static void Pin(in ResidencyStep step, ReplicaId replica)
    {
        if (step.State.Residents.TryGet(replica, out Resident? resident) && resident is { State: not ReplicaState.Draining, Leaving: null })
        {
            step.State.Residents.SetPinned(resident, isPinned: true);
        }
        else
        {
            step.RefuseRequest(replica, requester: 0, resident is null ? RefusalReason.NotResident : RefusalReason.Draining);
        }
    }

    /// <summary>Its idle time goes on from its last use.</summary>
    public static void Unpin(in ResidencyStep step, ReplicaId replica)
    {
        if (step.State.Residents.TryGet(replica, out Resident? resident))
        {
            step.State.Residents.SetPinned(resident, isPinned: false);
        }
    }

    public static void Drain(in ResidencyStep step, ReplicaId replica)
    {
        if (!step.State.Residents.TryGet(replica, out Resident? resident))
        {
            step.RefuseRequest(replica, requester: 0, RefusalReason.NotResident);
        }
        else if (resident.IsPinned)
        {
            step.RefuseRequest(replica, requester: 0, RefusalReason.Pinned);
        }
        else
        {
            Leave(step, resident, ResidencyReason.Drain);
        }
    }

    /// <summary>Evicts what was idle as long as may be and returns slots that were free as long.</summary>
    public static void EndKeepAlive(in ResidencyStep step)
    {
        ResidentTable residents = step.State.Residents;
        for (int position = residents.Count - 1; position >= 0; position--)
        {
            Resident resident = residents[position];
            if (resident.MayIdleOut && resident.IdleSinceUs <= step.KeepAliveCutoffUs)
            {
                step.Vacate(resident, ResidencyReason.KeepAlive);
            }
        }

        step.State.Arena.ReturnKeptSince(step.KeepAliveCutoffUs, step.Effects);
    }

    public static void ScaleToZero(in ResidencyStep step)
    {
        step.State.Plan.Clear();
        ResidentTable residents = step.State.Residents;
        for (int position = residents.Count - 1; position >= 0; position--)
        {
            Resident resident = residents[position];
            (resident.IsPlanned, resident.IsRetained) = (false, false);
            if (!resident.IsPinned)
            {
                Leave(step, resident, ResidencyReason.ScaleToZero);
            }
        }

        step.State.Arena.ReturnKeptSince(step.NowUs, step.Effects);
    }

    public static void LoseDevice(in ResidencyStep step)
    {
        ResidencyState state = step.State;
        CallRules.LoseDevice(step);
        foreach (Resident resident in state.Residents.All)
        {
            if (resident.State == ReplicaState.Loading)
            {
                step.Effects.Add(new ResidencyEffect(
                    ResidencyEffectKind.CancelLoad, resident.Id, resident.Slot, resident.Load, Bytes: resident.Bytes));
            }

            step.Move(resident, ReplicaState.Absent, ResidencyReason.DeviceLost);
        }

        state.Residents.Clear();
        state.Plan.Clear();
        state.Arena.Clear();
        (state.LoadingBytes, state.IsLost) = (0, true);
    }

    private static void Leave(in ResidencyStep step, Resident resident, ResidencyReason reason)
    {
        switch (resident.State)
        {
            case ReplicaState.Loading:
            case ReplicaState.Draining:
                // What scale to zero began returns the memory, whoever drains it again.
                resident.Leaving = resident.Leaving == ResidencyReason.ScaleToZero ? ResidencyReason.ScaleToZero : reason;
                break;
            case ReplicaState.Warm when reason == ResidencyReason.ScaleToZero:
                step.Vacate(resident, reason);
                break;
            default:
                step.Drain(resident, reason);
                break;
        }
    }
}
