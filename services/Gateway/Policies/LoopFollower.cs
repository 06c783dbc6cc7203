namespace DaprMoE.Gateway;

/// <summary>Lets the fast loop of the served model follow the policy.</summary>
internal sealed class LoopFollower(ModelHost host) : IPolicyFollower
{
    public string? RefusalOf(string policy) => host.Require(null).Loop?.RefusalOf(policy);

    public void Switched(string policy) => host.Current?.Loop?.Switch(policy);
}
