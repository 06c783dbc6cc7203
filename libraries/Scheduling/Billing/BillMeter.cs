using System.Globalization;
using System.Runtime.InteropServices;

namespace DaprMoE.Scheduling;

/// <summary>
/// Counts memory x time of one model from the transitions of its replicas and the runs of its layers, as they come, in order of time.
/// The steps allocate nothing once the replicas, layers and requests of the window are known. The ledger holds every request of the
/// window, or, where requests are begun and ended by name, those that are under way. Not safe for use by several threads at once.
/// </summary>
public sealed class BillMeter
{
    private readonly BillPrices _prices;
    private readonly NonExpertMemory? _nonExpert;
    private readonly RequestLedger _requests;
    private readonly HeldMemory _held;
    private readonly Dictionary<int, LayerMeter> _layers = [];
    private readonly Dictionary<(ReplicaId Replica, int Device), ReplicaMeter> _replicas = [];
    private readonly Stack<ReplicaMeter> _spare = [];
    private readonly MemoryAccounts<int> _byLayer;
    private readonly MemoryAccounts<ExpertId> _byExpert;
    private readonly MemoryAccounts<int> _byDevice;
    private readonly bool[] _kindsInUse;
    private readonly int _nonExpertKind;
    private MemoryAccount _total;
    private BillScope _scope;
    private BillWindow _window;
    private long _latestUs = long.MinValue;
    private long _runs;

    /// <param name="scope">The model, and the policy of the first window.</param>
    /// <param name="window">
    /// The first window; what is held before it counts from its start. An end of <see cref="long.MaxValue"/> leaves it open.
    /// </param>
    /// <param name="prices">Prices of every kind of memory that comes up.</param>
    /// <param name="nonExpert">Memory held throughout that belongs to no expert, or null.</param>
    /// <param name="requestsEnd">
    /// Whether requests come and go (<see cref="BeginRequest"/>, <see cref="EndRequest"/>). Then each shares the memory of its own time only,
    /// and what runs for one that is not under way counts as of those that have ended. Otherwise all requests share the window's.
    /// </param>
    /// <exception cref="ArgumentException">The window ends before it starts, or non-expert memory has no price.</exception>
    public BillMeter(
        BillScope scope, BillWindow window, BillPrices prices, NonExpertMemory? nonExpert = null, bool requestsEnd = false)
    {
        ArgumentNullException.ThrowIfNull(prices);
        _requests = new RequestLedger(requestsEnd);
        (_scope, _window, _prices, _nonExpert) = (scope, Valid(window), prices, nonExpert);
        _nonExpertKind = nonExpert is { } memory ? prices.IndexOf(memory.Kind) : -1;
        _held = new HeldMemory(prices, _window.StartUs);
        if (nonExpert is { } rest)
        {
            _held.Change(_window.StartUs, _nonExpertKind, rest.Bytes);
        }

        int kinds = prices.Kinds.Count;
        (_byLayer, _byExpert, _byDevice) = (new(kinds), new(kinds), new(kinds));
        _total = new MemoryAccount(kinds);
        _kindsInUse = new bool[kinds];
    }

    /// <summary>
    /// A replica takes memory, gets warm or frees its memory. Loading or warming what is held so already and evicting what is absent
    /// change nothing; an absent replica that gets warm takes its memory at once.
    /// </summary>
    /// <exception cref="ArgumentException">Time goes back, the kind of memory has no price, or bytes are below 0.</exception>
    /// <exception cref="SchedulingException">The event is unknown.</exception>
    public void Record(in ReplicaMemoryEvent change)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(change.Bytes, nameof(change));
        long now = Advance(change.TimeUs);
        switch (change.Event)
        {
            case MemoryEvent.Load:
                Held(now, in change);
                break;
            case MemoryEvent.Warm:
                Held(now, in change).Warm(now);
                break;
            case MemoryEvent.Evict:
                Evict(now, in change);
                break;
            default:
                throw Check.Error(
                    SchedulingError.BadEvent,
                    $"The memory of {change.Replica} has no event {(int)change.Event}; there are load (0), warm (1), evict (2).");
        }
    }

    /// <summary>A layer begins to run.</summary>
    /// <param name="timeUs">When, in microseconds, not before what was recorded last.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="tokens">The requests in the run; without any tokens the run's memory is shared by all requests.</param>
    /// <returns>The run, to end it by.</returns>
    public LayerRun BeginRun(long timeUs, int layer, ReadOnlySpan<RequestTokens> tokens)
    {
        foreach (RequestTokens part in tokens)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(part.Tokens, nameof(tokens));
        }

        long now = Advance(timeUs);
        LayerRun run = new(layer, ++_runs);
        Layer(layer).Begin(now, run.Number, tokens);
        return run;
    }

    /// <summary>A run ends.</summary>
    /// <exception cref="ArgumentException">No such run is open, or time goes back.</exception>
    public void EndRun(long timeUs, LayerRun run)
    {
        long now = Advance(timeUs);
        if (!Layer(run.Layer).TryEnd(now, run.Number))
        {
            throw NotOpen(run);
        }
    }

    /// <summary>A request begins: from here on it shares the memory that is held, in proportion to what runs for it.</summary>
    /// <exception cref="InvalidOperationException">The meter takes no requests by name, or the request is under way already.</exception>
    public void BeginRequest(long timeUs, string request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Divide(timeUs);
        _requests.Begin(request);
    }

    /// <summary>A request ends; its figures go on counting among those that have ended.</summary>
    /// <returns>Its bill in this window, zero where it is not under way.</returns>
    public RequestBill EndRequest(long timeUs, string request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Divide(timeUs);
        RequestBill bill = _requests.End(request, _prices.PerCall);
        Divide(timeUs);
        return bill;
    }

    /// <summary>A run calls experts: its requests share the calls by their tokens. Calls outside of the window do not count.</summary>
    /// <exception cref="ArgumentException">No such run is open, calls are below 0, or time goes back.</exception>
    public void RecordCalls(long timeUs, LayerRun run, int calls)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(calls);
        Advance(timeUs);
        OpenRun open = Layer(run.Layer).Find(run.Number) ?? throw NotOpen(run);
        if (_window.Contains(timeUs))
        {
            _requests.CountCalls(open.Tokens, calls);
        }
    }

    /// <summary>An expert is called for a request; calls outside of the window do not count.</summary>
    public void RecordCall(long timeUs, string request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Advance(timeUs);
        if (_window.Contains(timeUs))
        {
            _requests.CountCall(request);
        }
    }

    /// <summary>The three meters from the window's start to a time, without the parts: quick, and without allocation.</summary>
    public BillSums Sums(long timeUs)
    {
        long now = Advance(timeUs);
        Int128 active = 0;
        foreach (LayerMeter layer in _layers.Values)
        {
            active += layer.ActiveByteUs(now);
        }

        (Int128 residency, double money) = _held.Until(now);
        return new BillSums(
            ByteTime.GbSeconds(active), ByteTime.GbSeconds(residency), money + (_requests.Calls * _prices.PerCall), _requests.Calls);
    }

    /// <summary>The bill from the window's start to a time, which is not before what was recorded last; counting goes on.</summary>
    public Bill Snapshot(long timeUs)
    {
        BillWindow billed = _window with { EndUs = Advance(timeUs) };
        Settle(billed.EndUs);
        Int128 nonExpert = (Int128)(_nonExpert?.Bytes ?? 0) * billed.LengthUs;
        BillRow<string>[] kinds = KindRows(nonExpert);
        RequestShares shares = _requests.Bill(_total.Total.Residency + nonExpert, kinds.Sum(kind => kind.Money), _prices.PerCall);
        return new Bill
        {
            Scope = _scope,
            Window = billed,
            Memory = _total.Total,
            NonExpert = nonExpert,
            Calls = _requests.Calls,
            CallMoney = _requests.Calls * _prices.PerCall,
            Layers = _byLayer.Rows(layer => layer, _prices),
            Experts = _byExpert.Rows(expert => (expert.Layer, expert.Expert), _prices),
            Devices = _byDevice.Rows(device => device, _prices),
            Kinds = kinds,
            Requests = shares.Requests,
            EndedRequests = shares.Ended,
            UnattributedGbSeconds = shares.UnattributedGbSeconds,
            UnattributedCalls = shares.UnattributedCalls,
            UnattributedMoney = shares.UnattributedMoney,
        };
    }

    /// <summary>Ends the window where the next one starts; what is held and what runs goes on in the next.</summary>
    /// <param name="scope">The model, and the policy that decides from now on.</param>
    /// <param name="next">The next window; starts no earlier than what was recorded last.</param>
    /// <returns>The bill of the window that ends.</returns>
    public Bill Restart(BillScope scope, BillWindow next)
    {
        Bill bill = Snapshot(Valid(next).StartUs);
        (_scope, _window) = (scope, next);
        Clear();
        return bill;
    }

    private static BillWindow Valid(BillWindow window) => window.EndUs >= window.StartUs
        ? window
        : throw new ArgumentException($"The window ends at {window.EndUs} us, before its start at {window.StartUs} us.", nameof(window));

    private static ArgumentException NotOpen(LayerRun run) =>
        new($"Run {run.Number} of layer {run.Layer} is not open; each run ends once.", nameof(run));

    /// <summary>Allots what was held so far to those who ran, before it changes who is there.</summary>
    private void Divide(long timeUs)
    {
        long now = Advance(timeUs);
        foreach (LayerMeter layer in _layers.Values)
        {
            layer.CreditOpenRuns(now);
        }

        (Int128 residency, double money) = _held.Until(now);
        _requests.Divide(residency, money);
    }

    private ReplicaMeter Held(long now, in ReplicaMemoryEvent change)
    {
        int kind = _prices.IndexOf(change.Kind);
        ref ReplicaMeter? replica = ref CollectionsMarshal.GetValueRefOrAddDefault(_replicas, (change.Replica, change.Device), out _);
        if (replica is null)
        {
            replica = _spare.TryPop(out ReplicaMeter? spare) ? spare : new ReplicaMeter();
            replica.Take(now, in change, kind, Layer(change.Replica.Expert.Layer));
            _held.Change(now, kind, change.Bytes);
            Book(replica);
        }

        return replica;
    }

    private void Evict(long now, in ReplicaMemoryEvent change)
    {
        if (_replicas.Remove((change.Replica, change.Device), out ReplicaMeter? replica))
        {
            replica.Evict(now);
            _held.Change(now, replica.Kind, -replica.Taken.Bytes);
            _spare.Push(replica);
        }
    }

    private void Book(ReplicaMeter replica)
    {
        ReplicaMemoryEvent taken = replica.Taken;
        ExpertId expert = taken.Replica.Expert;
        replica.BookTo(_byLayer.Open(expert.Layer), _byExpert.Open(expert), _byDevice.Open(taken.Device), _total);
        _kindsInUse[_prices.IndexOf(taken.Kind)] = true;
    }

    private LayerMeter Layer(int layer)
    {
        ref LayerMeter? meter = ref CollectionsMarshal.GetValueRefOrAddDefault(_layers, layer, out _);
        return meter ??= new LayerMeter(_requests);
    }

    private long Advance(long timeUs)
    {
        if (timeUs < _latestUs)
        {
            throw new ArgumentOutOfRangeException(nameof(timeUs), string.Create(CultureInfo.InvariantCulture,
                $"Time goes back from {_latestUs} us to {timeUs} us; the bill takes events in order of time."));
        }

        _latestUs = timeUs;
        return _window.Clamp(timeUs);
    }

    private void Settle(long now)
    {
        foreach (ReplicaMeter replica in _replicas.Values)
        {
            replica.Settle(now);
        }

        foreach (LayerMeter layer in _layers.Values)
        {
            layer.CreditOpenRuns(now);
        }
    }

    private BillRow<string>[] KindRows(Int128 nonExpert)
    {
        List<BillRow<string>> rows = [];
        for (int kind = 0; kind < _prices.Kinds.Count; kind++)
        {
            Int128 extra = kind == _nonExpertKind ? nonExpert : 0;
            if (_kindsInUse[kind] || (kind == _nonExpertKind && _nonExpert is { Bytes: > 0 }))
            {
                MemoryParts parts = _total.Of(kind) + new MemoryParts(Loading: 0, Active: 0, Idle: extra);
                rows.Add(new(_prices.Kinds[kind], parts, _prices.PerGbSecond(kind) * ByteTime.GbSeconds(parts.Residency)));
            }
        }

        return [.. rows];
    }

    private void Clear()
    {
        _requests.Clear();
        _held.Restart(_window.StartUs);
        _byLayer.Clear();
        _byExpert.Clear();
        _byDevice.Clear();
        Array.Clear(_kindsInUse);
        _total = new MemoryAccount(_prices.Kinds.Count);
        foreach (LayerMeter layer in _layers.Values)
        {
            layer.Restart(_window.StartUs);
        }

        foreach (ReplicaMeter replica in _replicas.Values)
        {
            replica.Restart(_window.StartUs);
            Book(replica);
        }
    }
}
