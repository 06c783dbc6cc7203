namespace DaprMoE.Gateway;

/// <summary>The policy in force, and the one place where it is switched. Safe for any thread.</summary>
public sealed class ServedPolicy : IDisposable
{
    private readonly IReadOnlyList<IPolicyFollower> _followers;
    private readonly SemaphoreSlim _switching = new(1, 1);
    private volatile string _current;

    /// <param name="first">The policy to begin with.</param>
    /// <param name="followers">Whoever works by it.</param>
    public ServedPolicy(string first, IEnumerable<IPolicyFollower> followers)
    {
        _current = first;
        _followers = [.. followers];
    }

    /// <summary>The policy's name.</summary>
    public string Current => _current;

    /// <summary>Puts another policy in force: asks all followers first, then tells all; one switch at a time.</summary>
    /// <param name="name">The policy.</param>
    /// <param name="cancellationToken">Ends waiting for another switch.</param>
    /// <exception cref="PolicyRefusedException">There is no such policy, or a follower can't work by it; the one before stays.</exception>
    public async ValueTask SwitchAsync(string name, CancellationToken cancellationToken)
    {
        LivePolicies.Require(name);
        await _switching.WaitAsync(cancellationToken);
        try
        {
            foreach (IPolicyFollower follower in _followers)
            {
                if (follower.RefusalOf(name) is { } refusal)
                {
                    throw new PolicyRefusedException(refusal, isUnknown: false);
                }
            }

            _current = name;
            foreach (IPolicyFollower follower in _followers)
            {
                follower.Switched(name);
            }
        }
        finally
        {
            _switching.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _switching.Dispose();
}
