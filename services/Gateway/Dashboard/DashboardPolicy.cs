using DaprMoE.Dashboard;

namespace DaprMoE.Gateway;

/// <summary>The dashboard's policy switch.</summary>
internal sealed class DashboardPolicy(IServiceProvider services)
{
    // Servers that have nothing to decide have none.
    private readonly Lazy<ServedPolicy?> _policy = new(services.GetService<ServedPolicy>);

    /// <summary>What decides; null where nothing does.</summary>
    public PolicyView? Read() => _policy.Value is { } policy ? new PolicyView(policy.Current, LivePolicies.Names, null) : null;

    /// <summary>Lets another policy decide.</summary>
    public async ValueTask<SwitchAnswer> SwitchAsync(PolicySwitch wish, CancellationToken cancellationToken)
    {
        if (_policy.Value is not { } policy)
        {
            return new SwitchAnswer(SwitchOutcome.Refused, "This server has nothing to decide.");
        }

        if (!wish.IsLocal)
        {
            return new SwitchAnswer(SwitchOutcome.Refused, "Without an admin key the policy is switched from this machine only.");
        }

        try
        {
            await policy.SwitchAsync(wish.Policy, cancellationToken);
            return new SwitchAnswer(SwitchOutcome.Done, $"{wish.Policy} is in force.");
        }
        catch (PolicyRefusedException refused)
        {
            return new SwitchAnswer(SwitchOutcome.Refused, refused.Message);
        }
    }
}
