namespace DaprMoE.Scheduling;

/// <summary>How a plan is followed.</summary>
internal static class PlanRules
{
    /// <summary>Takes over a newer plan; drops any other.</summary>
    public static void Adopt(in ResidencyStep step, in ResidencyEvent plan)
    {
        ResidencyState state = step.State;
        if (state.IsLost || plan.Id <= state.Plan.Version)
        {
            step.RefuseRequest(default, plan.Id, state.IsLost ? RefusalReason.DeviceLost : RefusalReason.StalePlan);
            return;
        }

        state.Plan.Clear();
        state.Plan.Version = plan.Id;
        state.KeepAliveUs = plan.TimeUs;
        foreach (ReplicaId replica in plan.Replicas.Span)
        {
            if (state.Knows(replica))
            {
                state.Plan.Add(replica);
            }
            else
            {
                step.RefuseRequest(replica, plan.Id, RefusalReason.UnknownExpert);
            }
        }

        MarkPlanned(step);
        MarkRetained(step, plan.Retained.Span);
        LoadMissingLater(step);
    }

    /// <summary>Starts loads of the plan, in its order, while memory and bandwidth allow and no call waits for memory.</summary>
    public static void LoadMissing(in ResidencyStep step)
    {
        ResidencyState state = step.State;
        while (state.Calls.Queued == 0 && state.Plan.TryPeek(out ReplicaId replica))
        {
            if (!state.Residents.TryGet(replica, out Resident? resident))
            {
                if (!TryMakeRoom(step, state.SlotBytes(replica)))
                {
                    return;
                }

                step.Load(replica, state.Plan.Version, ResidencyReason.Plan);
            }
            else if (resident.State == ReplicaState.Draining)
            {
                return;
            }

            state.Plan.Skip();
        }
    }

    private static bool TryMakeRoom(in ResidencyStep step, long bytes)
    {
        if (!step.MayWarmUp(bytes)
            || bytes > step.State.Arena.FreeBytes + EvictionOrder.EvictableBytes(step, plannedToo: false))
        {
            return false;
        }

        EvictionOrder.MakeRoom(step, bytes, plannedToo: false);
        return true;
    }

    /// <summary>Loads that only an older plan wants are stopped; those that this plan wants stay when they are done.</summary>
    private static void MarkPlanned(in ResidencyStep step)
    {
        ResidentTable residents = step.State.Residents;
        for (int position = residents.Count - 1; position >= 0; position--)
        {
            Resident resident = residents[position];
            (resident.IsPlanned, resident.IsRetained) = (step.State.Plan.Holds(resident.Id), false);
            if (resident is { IsPlanned: true, State: ReplicaState.Loading })
            {
                resident.Leaving = null;
            }
            else if (resident.Origin == ResidencyReason.Plan && LoadRules.IsCancellable(step.State, resident))
            {
                step.Vacate(resident, ResidencyReason.Cancelled);
            }
        }
    }

    private static void MarkRetained(in ResidencyStep step, ReadOnlySpan<ReplicaId> retained)
    {
        foreach (ReplicaId replica in retained)
        {
            if (step.State.Residents.TryGet(replica, out Resident? resident))
            {
                resident.IsRetained = !resident.IsPlanned;
            }
        }
    }

    /// <summary>What the budget can never hold beside what is pinned is refused; the rest is loaded as room comes.</summary>
    private static void LoadMissingLater(in ResidencyStep step)
    {
        ResidencyState state = step.State;
        long room = state.Settings.BudgetBytes;
        foreach (Resident resident in state.Residents.All)
        {
            room -= resident.IsPinned && !resident.IsPlanned ? resident.Bytes : 0;
        }

        foreach (ReplicaId replica in state.Plan.Replicas)
        {
            long bytes = state.SlotBytes(replica);
            if (bytes > room)
            {
                step.RefuseRequest(replica, state.Plan.Version, RefusalReason.NoRoom, bytes, room);
                continue;
            }

            room -= bytes;
            state.Plan.LoadLater(replica);
        }
    }
}
