using DaprMoE.Scheduling;

namespace DaprMoE.Ports;

/// <summary>
/// One layer's work for one device. The dispatcher owns it, fills it, starts it and waits for it; it is reused for the next layer, so
/// a transport keeps nothing of it once <see cref="IExpertTransport.Wait"/> has returned.
/// </summary>
/// <param name="device">The device, by index.</param>
/// <param name="maxGroups">Most replicas of one call.</param>
public sealed class ExpertCall(int device, int maxGroups)
{
    private readonly ReplicaGroup[] _groups = new ReplicaGroup[maxGroups];
    private int _count;

    /// <summary>The device.</summary>
    public int Device { get; } = device;

    /// <summary>Names the call; unique in the life of a dispatcher, so that late answers are told apart.</summary>
    public long Id { get; set; }

    /// <summary>Version of the plan that the routing table was made from.</summary>
    public long PlanVersion { get; set; }

    /// <summary>How long the device may take, loads included.</summary>
    public TimeSpan Timeout { get; set; }

    /// <summary>The layer's pairs, shared by all its calls.</summary>
    public LayerAssignments Assignments { get; set; } = null!;

    /// <summary>The replicas called, by expert, then by index, each with its run of <see cref="Assignments"/>.</summary>
    public ReadOnlySpan<ReplicaGroup> Groups => _groups.AsSpan(0, _count);

    /// <summary>Rows that are sent: pairs of all groups.</summary>
    public int Rows { get; private set; }

    /// <summary>What the device needed, as it reports; set by the transport when the call is done.</summary>
    public CallFigures Figures { get; set; }

    /// <summary>Forgets the groups.</summary>
    public void Clear()
    {
        _count = 0;
        Rows = 0;
        Figures = default;
    }

    /// <summary>Adds a replica's run.</summary>
    public void Add(ReplicaGroup group)
    {
        _groups[_count++] = group;
        Rows += group.Count;
    }
}
