namespace DaprMoE.Scheduling;

/// <summary>One event being applied: the state, the time, where effects go, and the changes that all rules are made of.</summary>
/// <param name="state">The device's residency.</param>
/// <param name="effects">Gets what there is to do.</param>
/// <param name="nowUs">The time.</param>
internal readonly ref struct ResidencyStep(ResidencyState state, ResidencyEffects effects, long nowUs)
{
    public ResidencyState State { get; } = state;

    public ResidencyEffects Effects { get; } = effects;

    public long NowUs { get; } = nowUs;

    /// <summary>What began at this time or before has lasted as long as the keep-alive.</summary>
    public long KeepAliveCutoffUs =>
        NowUs < long.MinValue + State.KeepAliveUs ? long.MinValue : NowUs - State.KeepAliveUs;

    public void Move(Resident resident, ReplicaState to, ResidencyReason reason)
    {
        ResidencySettings settings = State.Settings;
        long elapsedUs = resident.State == ReplicaState.Absent ? 0 : NowUs - resident.StateSinceUs;
        Effects.Add(new ResidencyTransition(
            NowUs, settings.Device, settings.MemoryKind, resident.Id, resident.State, to, reason, resident.Bytes, elapsedUs));
        (resident.State, resident.StateSinceUs) = (to, NowUs);
    }

    /// <summary>Absent to loading; the caller has seen to it that there is room.</summary>
    public Resident Load(ReplicaId replica, long requester, ResidencyReason reason)
    {
        MemorySlot slot = State.Arena.Take(State.SizeClass(replica), Effects);
        Resident resident = State.Residents.Add(replica, slot, State.SlotBytes(replica), ++State.Loads, requester, reason);
        resident.IsPlanned = State.Plan.Holds(replica);
        State.LoadingBytes += resident.Bytes;
        Effects.Add(new ResidencyEffect(ResidencyEffectKind.StartLoad, replica, slot, resident.Load, Bytes: resident.Bytes));
        Move(resident, ReplicaState.Loading, reason);
        return resident;
    }

    /// <summary>A call takes a replica that is warm or busy.</summary>
    public void Hold(Resident resident)
    {
        resident.Calls++;
        if (resident.State == ReplicaState.Warm)
        {
            Move(resident, ReplicaState.Busy, ResidencyReason.Acquired);
        }
    }

    /// <summary>A call gives a replica back.</summary>
    public void LetGo(Resident resident)
    {
        resident.Calls--;
        if (resident.Calls > 0)
        {
            return;
        }

        resident.IdleSinceUs = NowUs;
        if (resident.State == ReplicaState.Draining)
        {
            Vacate(resident, resident.Leaving ?? ResidencyReason.Drain);
        }
        else
        {
            Move(resident, ReplicaState.Warm, ResidencyReason.Released);
        }
    }

    /// <summary>A warm or busy replica takes no more calls, and goes when it has none.</summary>
    public void Drain(Resident resident, ResidencyReason reason)
    {
        resident.Leaving = reason;
        Move(resident, ReplicaState.Draining, reason);
        if (resident.Calls == 0)
        {
            Vacate(resident, reason);
        }
    }

    /// <summary>Any state to absent. The slot keeps its pages unless nobody is expected to need them soon.</summary>
    public void Vacate(Resident resident, ResidencyReason reason)
    {
        bool stopsLoad = resident.State == ReplicaState.Loading && reason != ResidencyReason.LoadFailed;
        ResidencyEffectKind kind = stopsLoad ? ResidencyEffectKind.CancelLoad : ResidencyEffectKind.Free;
        Effects.Add(new ResidencyEffect(kind, resident.Id, resident.Slot, resident.Load, Bytes: resident.Bytes));
        EndLoad(resident);
        Move(resident, ReplicaState.Absent, reason);
        if (reason is ResidencyReason.KeepAlive or ResidencyReason.ScaleToZero || resident.Leaving == ResidencyReason.ScaleToZero)
        {
            State.Arena.FreeAndReturn(resident.Slot, Effects);
        }
        else
        {
            State.Arena.Keep(resident.Slot, NowUs);
        }

        State.Residents.Remove(resident);
    }

    /// <summary>Its bytes are no longer being loaded.</summary>
    public void EndLoad(Resident resident) => State.LoadingBytes -= resident.State == ReplicaState.Loading ? resident.Bytes : 0;

    /// <summary>Whether a warm-up of this size may start beside the loads in flight.</summary>
    public bool MayWarmUp(long bytes) =>
        State.LoadingBytes == 0 || State.LoadingBytes + bytes <= State.Settings.WarmUpBytesInFlight;

    public void RefuseRequest(ReplicaId replica, long requester, RefusalReason reason, long bytes = 0, long limitBytes = 0) =>
        Effects.Add(new ResidencyEffect(
            ResidencyEffectKind.RefuseRequest, replica, Slot: default, requester, reason, bytes, limitBytes));
}
