namespace DaprMoE.Gateway;

/// <summary>Lets the bill of the served model name the policy in force.</summary>
internal sealed class BillFollower(ModelHost host) : IPolicyFollower
{
    public string? RefusalOf(string policy) => null;

    public void Switched(string policy) => host.Current?.Bill.SwitchPolicy(policy);
}
