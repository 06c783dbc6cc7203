using DaprMoE.Experts;
using DaprMoE.Scheduling;

namespace DaprMoE.Residency.Benchmarks;

/// <summary>Counts the experts that calls waited for.</summary>
internal sealed class DemandCounter : IResidencyListener
{
    private long _count;

    public long Count => Volatile.Read(ref _count);

    public void Moved(in ResidencyTransition transition)
    {
        if (transition is { To: ReplicaState.Loading, Reason: ResidencyReason.Demand })
        {
            Interlocked.Increment(ref _count);
        }
    }

    public void LoadFailed(ReplicaId replica, Exception error) =>
        throw new InvalidOperationException($"{replica} could not be loaded.", error);
}
