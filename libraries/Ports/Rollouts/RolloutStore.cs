using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace DaprMoE.Ports;

/// <summary>
/// The plans of rollouts that are under way. A proposed plan is kept here under its version until it is in force everywhere, beside the
/// plan that it replaces; so a rollout that is cut off can be begun again, and taken back.
/// </summary>
/// <param name="state">Where they are kept.</param>
public sealed class RolloutStore(IStateStore state)
{
    private const string Newest = "rollout-newest";
    private const string Open = "rollout-open";

    /// <summary>
    /// Gives a plan the next version and keeps it. Versions rise over all proposals, whether they come into force or not: a device drops
    /// a plan that is not newer than the one that it follows.
    /// </summary>
    /// <param name="plan">The plan; its version is replaced.</param>
    /// <param name="inForce">Version of the plan in force; 0 when there is none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The plan with its version.</returns>
    public async Task<PlanDocument> ProposeAsync(PlanDocument plan, long inForce, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        long version = await NextVersionAsync(inForce, cancellationToken).ConfigureAwait(false);
        PlanDocument proposed = plan with { Version = version };
        await state.SetAsync(Key(version, "plan"), PlanCodec.Encode(proposed), cancellationToken).ConfigureAwait(false);
        await state.SetAsync(Open, Bytes(version), cancellationToken).ConfigureAwait(false);
        return proposed;
    }

    /// <summary>The version that was proposed last, if its rollout has not ended; 0 when none is open.</summary>
    public async Task<long> ReadOpenAsync(CancellationToken cancellationToken)
    {
        long version = Number(await state.GetAsync(Open, cancellationToken).ConfigureAwait(false));
        return version > 0 && await state.GetAsync(Key(version, "plan"), cancellationToken).ConfigureAwait(false) is not null ? version : 0;
    }

    /// <summary>The proposed plan; null when the rollout has ended, or never was.</summary>
    /// <exception cref="DocumentException">What is there is no plan.</exception>
    public Task<PlanDocument?> ReadPlanAsync(long version, CancellationToken cancellationToken) =>
        ReadAsync(Key(version, "plan"), cancellationToken);

    /// <summary>The plan that the proposed one replaces; null when there was none.</summary>
    /// <exception cref="DocumentException">What is there is no plan.</exception>
    public Task<PlanDocument?> ReadReplacedAsync(long version, CancellationToken cancellationToken) =>
        ReadAsync(Key(version, "replaced"), cancellationToken);

    /// <summary>Keeps the plan that the proposed one replaces.</summary>
    public async Task KeepReplacedAsync(long version, PlanDocument replaced, CancellationToken cancellationToken) =>
        await state.SetAsync(Key(version, "replaced"), PlanCodec.Encode(replaced), cancellationToken).ConfigureAwait(false);

    /// <summary>The version under which the replaced plan comes back; 0 as long as the rollout is not taken back.</summary>
    public async Task<long> ReadRestoredVersionAsync(long version, CancellationToken cancellationToken) =>
        Number(await state.GetAsync(Key(version, "restored"), cancellationToken).ConfigureAwait(false));

    /// <summary>Decides to take a rollout back: gives the version under which the replaced plan comes back, always the same one.</summary>
    public async Task<long> RestoreVersionAsync(long version, CancellationToken cancellationToken)
    {
        long known = await ReadRestoredVersionAsync(version, cancellationToken).ConfigureAwait(false);
        if (known > 0)
        {
            return known;
        }

        long restored = await NextVersionAsync(version, cancellationToken).ConfigureAwait(false);
        string key = Key(version, "restored");
        bool isFirst = await state.TrySetAsync(key, Bytes(restored), etag: null, cancellationToken).ConfigureAwait(false);
        return isFirst ? restored : await ReadRestoredVersionAsync(version, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets a rollout.</summary>
    public async Task EndAsync(long version, CancellationToken cancellationToken)
    {
        foreach (string part in (string[])["plan", "replaced", "restored"])
        {
            await state.DeleteAsync(Key(version, part), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<long> NextVersionAsync(long above, CancellationToken cancellationToken)
    {
        while (true)
        {
            StateEntry? entry = await state.GetAsync(Newest, cancellationToken).ConfigureAwait(false);
            long next = Math.Max(Number(entry), above) + 1;
            if (await state.TrySetAsync(Newest, Bytes(next), entry?.ETag, cancellationToken).ConfigureAwait(false))
            {
                return next;
            }
        }
    }

    private async Task<PlanDocument?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        StateEntry? entry = await state.GetAsync(key, cancellationToken).ConfigureAwait(false);
        return entry is null ? null : PlanCodec.Decode(entry.Value.Span);
    }

    private static long Number(StateEntry? entry)
    {
        ReadOnlySpan<byte> text = entry is null ? [] : entry.Value.Span;
        return Utf8Parser.TryParse(text, out long number, out int read) && read == text.Length ? number : 0;
    }

    private static byte[] Bytes(long number) => Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture));

    private static string Key(long version, string part) => string.Create(CultureInfo.InvariantCulture, $"rollout/{version}/{part}");
}
