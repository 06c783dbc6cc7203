using System.Collections.Concurrent;
using DaprMoE.Scheduling;

namespace DaprMoE.Experts.Tests;

/// <summary>Follows every replica of one device by its transitions and notes what is not legal.</summary>
internal sealed class TransitionReferee(long budgetBytes) : IResidencyListener
{
    private static readonly HashSet<(ReplicaState, ReplicaState)> Legal =
    [
        (ReplicaState.Absent, ReplicaState.Loading),
        (ReplicaState.Loading, ReplicaState.Warm),
        (ReplicaState.Loading, ReplicaState.Absent),
        (ReplicaState.Warm, ReplicaState.Busy),
        (ReplicaState.Busy, ReplicaState.Warm),
        (ReplicaState.Warm, ReplicaState.Draining),
        (ReplicaState.Warm, ReplicaState.Absent),
        (ReplicaState.Busy, ReplicaState.Draining),
        (ReplicaState.Draining, ReplicaState.Absent),
    ];

    private readonly Dictionary<ReplicaId, ReplicaState> _states = [];
    private int _inside;
    private long _bytes;
    private long _latestUs = long.MinValue;

    public ConcurrentQueue<string> Faults { get; } = [];

    public ConcurrentQueue<ResidencyTransition> All { get; } = [];

    public int FailedLoads { get; private set; }

    public string? FailedDevice { get; private set; }

    public void Moved(in ResidencyTransition transition)
    {
        Expect(Interlocked.Increment(ref _inside) == 1, $"{transition}: two at a time");
        ReplicaState from = _states.GetValueOrDefault(transition.Replica);
        bool isLost = transition is { Reason: ResidencyReason.DeviceLost, To: ReplicaState.Absent };
        Expect(from == transition.From && (isLost || Legal.Contains((transition.From, transition.To))), $"{transition}: it was {from}");
        Expect(transition.TimeUs >= _latestUs, $"{transition}: out of order");
        _states[transition.Replica] = transition.To;
        _latestUs = transition.TimeUs;
        _bytes += transition.From == ReplicaState.Absent ? transition.Bytes : transition.To == ReplicaState.Absent ? -transition.Bytes : 0;
        Expect(_bytes <= budgetBytes, $"{transition}: {_bytes} bytes of {budgetBytes}");
        All.Enqueue(transition);
        Interlocked.Decrement(ref _inside);
    }

    public void LoadFailed(ReplicaId replica, Exception error) => FailedLoads++;

    public void DeviceFailed(string device, Exception error) => FailedDevice = $"{device}: {error.Message}";

    private void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            Faults.Enqueue(otherwise);
        }
    }
}
