using DaprMoE.DirectTransport.Control;
using DaprMoE.Experts;
using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.DirectTransport;

/// <summary>What a host says of itself, as messages.</summary>
internal static class ControlMessages
{
    public static Announcement Announcement(HostedExperts experts, bool draining)
    {
        HostDescription host = experts.Host;
        Announcement announcement = new()
        {
            Host = host.Name,
            Model = host.Model,
            FrameVersion = FrameFormat.Version,
            Incarnation = host.Incarnation,
            Backend = host.Backend,
            Dtype = host.DType,
            MaxTokens = host.Limits.MaxRows,
            Draining = draining,
        };
        announcement.Devices.AddRange(experts.Devices.Select(device => Device(device, host.ExpertBytes)));
        return announcement;
    }

    public static Device Device(IExpertDevice device, long expertBytes)
    {
        DeviceMemory memory = device.Memory;
        return new Device
        {
            Name = device.Name,
            BudgetBytes = memory.BudgetBytes ?? 0,
            ResidentBytes = memory.ResidentBytes,
            ReservedBytes = memory.ReservedBytes,
            ExpertBytes = expertBytes,
        };
    }

    /// <summary>What a device refuses, a sentence each.</summary>
    public static ReplicaReply Refusals(IExpertDevice device, IReadOnlyList<ReplicaRefusal> refused, long? plan)
    {
        ReplicaReply reply = new();
        reply.Refusals.AddRange(refused.Select(refusal => refusal.Describe(device, plan)));
        return reply;
    }

    /// <summary>What the devices hold.</summary>
    public static StateReply State(HostedExperts experts, TimeProvider clock)
    {
        // Idle times are counted from the zero of the clock.
        long nowUs = clock.GetElapsedTime(0).Ticks / TimeSpan.TicksPerMicrosecond;
        StateReply reply = new();
        foreach (IExpertDevice device in experts.Devices)
        {
            DeviceState state = new() { Device = Device(device, experts.Host.ExpertBytes), PlanVersion = device.PlanVersion ?? 0 };
            state.Replicas.AddRange(device.Replicas().Select(replica => Replica(replica, nowUs)));
            reply.Devices.Add(state);
        }

        return reply;
    }

    private static Control.ReplicaState Replica(ReplicaStatus status, long nowUs) => new()
    {
        Replica = new Replica { Layer = status.Replica.Expert.Layer, Expert = status.Replica.Expert.Expert, Index = status.Replica.Index },
        State = (int)status.State,
        Bytes = status.Bytes,
        Calls = status.Calls,
        Pinned = status.IsPinned,
        Planned = status.IsPlanned,
        IdleMs = status.State == Scheduling.ReplicaState.Warm ? Math.Max(0, nowUs - status.IdleSinceUs) / 1000 : 0,
    };
}
