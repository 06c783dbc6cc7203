using System.Runtime.InteropServices;

namespace DaprMoE.Scheduling;

/// <summary>
/// What each request's runs owned of the active memory, and its share of the residency. A window's time is divided into spans, in each of
/// which the residency is shared in proportion to the active memory of the span; without requests that come and go there is one span.
/// </summary>
/// <param name="requestsEnd">Whether requests are begun and ended; otherwise one begins when it is first seen.</param>
internal sealed class RequestLedger(bool requestsEnd)
{
    private readonly Dictionary<string, RequestAccount> _accounts = [];
    private readonly RequestAccount _ended = new();
    private long _endedCount;
    private Int128 _allotted;
    private double _allottedMoney;
    private double _unattributed;
    private double _unattributedMoney;
    private long _unattributedCalls;

    public long Calls { get; private set; }

    /// <exception cref="InvalidOperationException">Requests do not come and go here, or this one is there.</exception>
    public void Begin(string request)
    {
        if (!requestsEnd || !_accounts.TryAdd(request, new RequestAccount()))
        {
            throw new InvalidOperationException(
                requestsEnd ? $"The request '{request}' is under way already." : "This meter bills all requests of a window together.");
        }
    }

    /// <summary>Takes a request out, after <see cref="Divide"/>.</summary>
    public RequestBill End(string request, double perCall)
    {
        if (!_accounts.Remove(request, out RequestAccount? account))
        {
            return new RequestBill(request, 0, 0, 0, 0);
        }

        _endedCount++;
        _ended.Add(account);
        return account.Bill(request, 0, 0, perCall);
    }

    public void CountCall(string request)
    {
        Open(request).Calls += (Int128)1 << RequestAccount.FractionBits;
        Calls++;
    }

    /// <summary>Divides calls of a run over its requests.</summary>
    public void CountCalls(ReadOnlySpan<RequestTokens> tokens, int calls)
    {
        Calls += calls;
        long total = Total(tokens);
        _unattributedCalls += total == 0 ? calls : 0;
        TokenShares shares = new(calls, total);
        foreach (RequestTokens part in tokens)
        {
            Open(part.Request).Calls += shares.Next(part.Tokens);
        }
    }

    /// <summary>Gives the run's requests what it owns. What a run without tokens owns is nobody's.</summary>
    public void Credit(OpenRun run)
    {
        if (Total(run.Tokens) is var total and > 0)
        {
            TokenShares shares = new(run.Owned, total);
            foreach (RequestTokens part in run.Tokens)
            {
                Open(part.Request).AddActive(shares.Next(part.Tokens));
            }
        }

        run.Owned = 0;
    }

    /// <summary>
    /// Ends a span: what was held in it goes to those who ran. While there are requests and none has run yet, the span goes on.
    /// </summary>
    /// <param name="residency">Memory x time since the window's start, in byte-microseconds.</param>
    /// <param name="money">Its price.</param>
    public void Divide(Int128 residency, double money)
    {
        double rest = ByteTime.GbSeconds(residency - _allotted);
        double restMoney = money - _allottedMoney;
        double open = OpenActive();
        if (open == 0 && _accounts.Count > 0)
        {
            return;
        }

        if (open == 0)
        {
            _unattributed += rest;
            _unattributedMoney += restMoney;
        }
        else
        {
            foreach (RequestAccount account in _accounts.Values)
            {
                Allot(account);
            }

            Allot(_ended);
        }

        (_allotted, _allottedMoney) = (residency, money);

        void Allot(RequestAccount account)
        {
            double part = (double)account.Open / open;
            account.Allot(rest * part, restMoney * part);
        }
    }

    /// <summary>Begins a window. Requests under way stay, with nothing on their accounts.</summary>
    public void Clear()
    {
        if (!requestsEnd)
        {
            _accounts.Clear();
        }

        foreach (RequestAccount account in _accounts.Values)
        {
            account.Clear();
        }

        _ended.Clear();
        (_endedCount, _allotted, _allottedMoney) = (0, 0, 0);
        (_unattributed, _unattributedMoney, _unattributedCalls) = (0, 0, 0);
        Calls = 0;
    }

    /// <summary>The requests' rows, as if the span ended now.</summary>
    /// <param name="residency">All memory x time, in byte-microseconds.</param>
    /// <param name="memoryMoney">Its price.</param>
    /// <param name="perCall">Price of one call.</param>
    public RequestShares Bill(Int128 residency, double memoryMoney, double perCall)
    {
        double rest = ByteTime.GbSeconds(residency - _allotted);
        double restMoney = memoryMoney - _allottedMoney;
        double open = OpenActive();
        bool isNobodys = open == 0;
        RequestBill[] requests =
            [.. _accounts.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => Row(entry.Key, entry.Value))];
        RequestBill ended = Row("", _ended);
        return new RequestShares(
            requests,
            new EndedRequests(_endedCount, ended.ActiveGbSeconds, ended.ResidencyGbSeconds, ended.Calls, ended.Money),
            _unattributed + (isNobodys ? rest : 0),
            _unattributedCalls,
            _unattributedMoney + (isNobodys ? restMoney : 0) + (_unattributedCalls * perCall));

        RequestBill Row(string request, RequestAccount account)
        {
            double part = isNobodys ? 0 : (double)account.Open / open;
            return account.Bill(request, rest * part, restMoney * part, perCall);
        }
    }

    private static long Total(ReadOnlySpan<RequestTokens> tokens)
    {
        long total = 0;
        foreach (RequestTokens part in tokens)
        {
            total += part.Tokens;
        }

        return total;
    }

    private double OpenActive()
    {
        Int128 open = _ended.Open;
        foreach (RequestAccount account in _accounts.Values)
        {
            open += account.Open;
        }

        return (double)open;
    }

    private RequestAccount Open(string request)
    {
        if (requestsEnd)
        {
            return _accounts.GetValueOrDefault(request, _ended);
        }

        ref RequestAccount? account = ref CollectionsMarshal.GetValueRefOrAddDefault(_accounts, request, out _);
        return account ??= new RequestAccount();
    }
}
