using DaprMoE.Dispatch;
using DaprMoE.Experts;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>Lets the fast loop know at once what this process's devices hold.</summary>
internal sealed class ReplicaFeed(LiveReplicas replicas) : IResidencyListener
{
    public void Moved(in ResidencyTransition transition) => replicas.Moved(in transition);

    public void LoadFailed(ReplicaId replica, Exception error)
    {
        // The transition to absent says it too.
    }
}
