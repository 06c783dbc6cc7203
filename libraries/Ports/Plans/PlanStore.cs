namespace DaprMoE.Ports;

/// <summary>The plan in state, written by compare-and-set: of two autoscalers that decide at once one has to look again.</summary>
/// <param name="state">Where it is kept.</param>
public sealed class PlanStore(IStateStore state)
{
    /// <summary>The plan; null when there is none.</summary>
    /// <exception cref="DocumentException">What is there is no plan.</exception>
    /// <exception cref="StateStoreException">The store can't be read.</exception>
    public async ValueTask<StoredPlan?> ReadAsync(CancellationToken cancellationToken)
    {
        StateEntry? entry = await state.GetAsync(StateKeys.Plan, cancellationToken).ConfigureAwait(false);
        return entry is null ? null : new StoredPlan(PlanCodec.Decode(entry.Value.Span), entry.ETag);
    }

    /// <summary>Writes the plan that follows what was read.</summary>
    /// <param name="plan">The plan; its version is above that of <paramref name="seen"/>.</param>
    /// <param name="seen">What was read; null when there was none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when another plan was written since: read again.</returns>
    /// <exception cref="ArgumentException">The version does not rise.</exception>
    /// <exception cref="StateStoreException">The store can't be written.</exception>
    public ValueTask<bool> TryWriteAsync(PlanDocument plan, StoredPlan? seen, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Version <= (seen?.Plan.Version ?? 0))
        {
            throw new ArgumentException($"Plan {plan.Version} does not follow plan {seen?.Plan.Version}; versions rise.", nameof(plan));
        }

        return state.TrySetAsync(StateKeys.Plan, PlanCodec.Encode(plan), seen?.ETag, cancellationToken);
    }
}
