using DaprMoE.Dashboard;

namespace DaprMoE.Gateway;

/// <summary>The dashboard's policy switch, under the same rule as <c>POST /v1/policy</c>.</summary>
internal sealed class DashboardPolicy(AdminAccess access, IServiceProvider services)
{
    private readonly ServedPolicy? _policy = services.GetService<ServedPolicy>();

    /// <summary>Whether there is anything to decide.</summary>
    public bool Decides => _policy is not null;

    /// <summary>What decides; null where nothing does.</summary>
    public PolicyView? Read() => _policy is null ? null : new PolicyView(_policy.Current, LivePolicies.Names, Refusal: null);

    /// <summary>Lets another policy decide.</summary>
    public async ValueTask<SwitchAnswer> SwitchAsync(PolicySwitch wish, CancellationToken cancellationToken)
    {
        if (_policy is null)
        {
            return Refused($"The policy can't be switched, {LivePolicies.NoChoice}");
        }

        if (!access.Allows(wish.AdminKey, wish.IsLocal))
        {
            return NotAllowed(wish);
        }

        try
        {
            await _policy.SwitchAsync(wish.Policy, cancellationToken);
            return new SwitchAnswer(SwitchOutcome.Done, $"{wish.Policy} is in force.");
        }
        catch (Exception refused) when (refused is PolicyRefusedException or ApiException)
        {
            return Refused(refused.Message);
        }
    }

    private SwitchAnswer NotAllowed(PolicySwitch wish)
    {
        if (!access.HasKey)
        {
            return Refused("This server has no admin key, so its policy is switched on its own machine only. Start it with --admin-key-file.");
        }

        return new SwitchAnswer(
            SwitchOutcome.KeyWanted,
            string.IsNullOrEmpty(wish.AdminKey) ? "Switching takes the admin key of this server." : "That is not the admin key of this server.");
    }

    private static SwitchAnswer Refused(string reason) => new(SwitchOutcome.Refused, reason);
}
