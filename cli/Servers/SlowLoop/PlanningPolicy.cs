using DaprMoE.Autoscaler;
using DaprMoE.Gateway;

namespace DaprMoE.Cli;

/// <summary>Lets the autoscaler follow the server's policy.</summary>
internal sealed class PlanningPolicy(ActivePolicy active, PolicyTrial trial) : IPolicyFollower
{
    public string? RefusalOf(string policy) => trial.RefusalOf(policy);

    public void Switched(string policy) => active.Switch(policy);
}
