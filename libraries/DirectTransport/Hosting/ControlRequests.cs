using DaprMoE.Experts;
using DaprMoE.Ports;
using DaprMoE.Scheduling;
using Google.Protobuf.Collections;
using Grpc.Core;

namespace DaprMoE.DirectTransport;

/// <summary>Reads control requests; what is out of range is refused by name.</summary>
internal sealed class ControlRequests(HostedExperts experts)
{
    // More than any model has experts.
    private const int MostReplicas = 1 << 20;

    /// <summary>The device of a request.</summary>
    public IExpertDevice Device(int device)
    {
        Check("device", device, 0, experts.Devices.Count - 1);
        return experts.Devices[device];
    }

    /// <summary>The replicas of a request.</summary>
    public ReplicaId[] Replicas(RepeatedField<Control.Replica> replicas)
    {
        Check("replicas", replicas.Count, 0, MostReplicas);
        return [.. replicas.Select(Replica)];
    }

    /// <summary>Who asks.</summary>
    public static long Requester(long requester)
    {
        Check("requester", requester, 0, long.MaxValue);
        return requester;
    }

    /// <summary>A keep-alive in milliseconds.</summary>
    public static TimeSpan KeepAlive(long milliseconds)
    {
        Check("keep_alive_ms", milliseconds, -1, (long)TimeSpan.FromDays(365).TotalMilliseconds);
        return milliseconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(milliseconds);
    }

    private ReplicaId Replica(Control.Replica replica)
    {
        FrameLimits limits = experts.Host.Limits;
        Check("layer", replica.Layer, 0, limits.ExpertsPerLayer.Count - 1);
        Check("expert", replica.Expert, 0, limits.ExpertsPerLayer[replica.Layer] - 1);
        Check("index", replica.Index, 0, limits.MaxReplicas - 1);
        return new ReplicaId(new ExpertId(replica.Layer, replica.Expert), replica.Index);
    }

    private static void Check(string field, long value, long least, long most)
    {
        if (value < least || value > most)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, $"The request's {field} is {value}; allowed: {least} to {most}."));
        }
    }
}
