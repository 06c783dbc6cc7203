using System.Runtime.InteropServices;

namespace DaprMoE.Scheduling;

/// <summary>
/// What each request's runs owned of the active memory. Kept in units of 2^-32 byte-microseconds and split by cumulative rounding, so
/// that the shares of a run add up to the run exactly; there is room for a terabyte over a thousand years.
/// </summary>
internal sealed class RequestLedger
{
    private const int FractionBits = 32;

    private readonly Dictionary<string, RequestAccount> _accounts = [];

    public long Calls { get; private set; }

    public void CountCall(string request)
    {
        Open(request).Calls++;
        Calls++;
    }

    /// <summary>Gives the run's requests what it owns. What a run without tokens owns is nobody's.</summary>
    public void Credit(OpenRun run)
    {
        long total = 0;
        foreach (RequestTokens part in run.Tokens)
        {
            total += part.Tokens;
        }

        if (total > 0)
        {
            (Int128 each, Int128 rest) = Int128.DivRem(run.Owned, total);
            Split(run.Tokens, each, rest, total);
        }

        run.Owned = 0;
    }

    public void Clear()
    {
        _accounts.Clear();
        Calls = 0;
    }

    /// <summary>The requests' rows, and the residency that no request ran in.</summary>
    /// <param name="residency">All memory x time, in byte-microseconds.</param>
    /// <param name="memoryMoney">Its price.</param>
    /// <param name="perCall">Price of one call.</param>
    public (RequestBill[] Rows, double UnattributedGbSeconds) Bill(Int128 residency, double memoryMoney, double perCall)
    {
        Int128 owned = 0;
        foreach (RequestAccount account in _accounts.Values)
        {
            owned += account.Active;
        }

        double all = ByteTime.GbSeconds(residency);
        RequestBill[] rows = [.. _accounts.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry =>
        {
            double part = owned == 0 ? 0 : (double)entry.Value.Active / (double)owned;
            return new RequestBill(
                entry.Key, GbSeconds(entry.Value.Active), all * part, entry.Value.Calls, memoryMoney * part + entry.Value.Calls * perCall);
        })];
        return (rows, owned == 0 ? all : 0);
    }

    private static double GbSeconds(Int128 active) => Math.ScaleB((double)active, -FractionBits) / ByteTime.PerGbSecond;

    private void Split(ReadOnlySpan<RequestTokens> tokens, Int128 each, Int128 rest, long total)
    {
        Int128 before = 0;
        long seen = 0;
        foreach (RequestTokens part in tokens)
        {
            seen += part.Tokens;
            Int128 until = (rest * seen << FractionBits) / total;
            Open(part.Request).Active += (each * part.Tokens << FractionBits) + (until - before);
            before = until;
        }
    }

    private RequestAccount Open(string request)
    {
        ref RequestAccount? account = ref CollectionsMarshal.GetValueRefOrAddDefault(_accounts, request, out _);
        return account ??= new RequestAccount();
    }

    private sealed class RequestAccount
    {
        public Int128 Active { get; set; }

        public long Calls { get; set; }
    }
}
