using System.Globalization;
using DaprMoE.Experts;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>
/// The running bill of a served model: what its experts hold and which layers run, by three meters, for requests and policies. All members
/// may be called from any thread; what engine and devices call is quick and allocates nothing.
/// </summary>
public sealed class BillBook : IResidencyListener
{
    private const int LatestRequests = 64;

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly BilledModel _model;
    private readonly BillPrices _prices;
    private readonly BillMeters _meters;
    private readonly ClosedWindows _closed = new();
    private readonly Queue<BilledRequest> _latest = new(LatestRequests + 1);
    private long _latestUs;

    /// <summary>A book of a model without experts.</summary>
    public BillBook()
        : this(BilledModel.None, new BillOptions().Prices, TimeProvider.System, PolicyNames.Static)
    {
    }

    /// <param name="model">What one copy of everything takes.</param>
    /// <param name="prices">Prices of memory and calls.</param>
    /// <param name="clock">The clock that devices' transitions are timed by too.</param>
    /// <param name="policy">The policy that decides at first.</param>
    internal BillBook(BilledModel model, BillPrices prices, TimeProvider clock, string policy)
    {
        (_model, _prices, _clock, Policy) = (model, prices, clock, policy);
        _meters = new BillMeters(new BillScope("", policy), Now(), prices, model);
    }

    /// <summary>The policy that decides.</summary>
    public string Policy { get; private set; }

    /// <summary>
    /// Seconds between two looks at what expert hosts hold; null where every transition is seen. Where it is set, memory that came and went
    /// between two looks is not billed.
    /// </summary>
    public double? SampledEverySeconds { get; internal set; }

    /// <summary>Why all figures are those of emulated devices; null where they are real.</summary>
    public string? Emulated { get; internal set; }

    /// <summary>Names of devices by number.</summary>
    internal Func<int, string> DeviceName { get; set; } = number => string.Create(CultureInfo.InvariantCulture, $"local-{number}");

    /// <inheritdoc/>
    public void Moved(in ResidencyTransition transition)
    {
        if (transition.MemoryEvent is { } change)
        {
            Record(in change);
        }
    }

    /// <inheritdoc/>
    public void LoadFailed(ReplicaId replica, Exception error)
    {
        // Its memory is free again by a transition.
    }

    /// <summary>Another policy decides from now on.</summary>
    public void SwitchPolicy(string policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        lock (_gate)
        {
            if (policy != Policy)
            {
                _closed.Add(Policy, _meters.Restart(Now(), new BillScope("", policy)));
                Policy = policy;
            }
        }
    }

    /// <summary>What all has come to, by policy: quick, for metrics.</summary>
    internal IReadOnlyList<(string Policy, Compared<BillSums> Sums)> Sums()
    {
        lock (_gate)
        {
            return _closed.Sums(Policy, _meters.Sums(Now()));
        }
    }

    /// <summary>The bill up to now.</summary>
    /// <param name="experts">Most experts to name; those that hold least are summed up.</param>
    public BillReport Read(int experts = BillReport.DefaultExperts)
    {
        BillReading reading;
        lock (_gate)
        {
            reading = new BillReading(Policy, _closed.With(Policy, _meters.Snapshot(Now())), _closed.CarriedRequests(), [.. _latest]);
        }

        return new BillReportBuilder(_model, _prices, reading, experts)
        {
            Sampled = SampledEverySeconds,
            Emulated = Emulated,
            DeviceName = DeviceName,
        }.Build();
    }

    /// <summary>A request begins.</summary>
    /// <param name="id">Its id, which its sequences name (<see cref="Inference.GenerationRequest.RequestId"/>).</param>
    internal void BeginRequest(string id)
    {
        lock (_gate)
        {
            _meters.BeginRequest(Now(), id);
        }
    }

    /// <summary>A request ends.</summary>
    internal Compared<RequestBill> EndRequest(string id)
    {
        lock (_gate)
        {
            Compared<RequestBill> bill = _closed.EndRequest(id, _meters.EndRequest(Now(), id));
            _latest.Enqueue(new BilledRequest(id, bill));
            if (_latest.Count > LatestRequests)
            {
                _latest.Dequeue();
            }

            return bill;
        }
    }

    /// <summary>A replica's memory changes.</summary>
    internal void Record(in ReplicaMemoryEvent change)
    {
        lock (_gate)
        {
            // Transitions come a moment after they happened, and those of several devices not in their order.
            _latestUs = Math.Max(_latestUs, change.TimeUs);
            _meters.Record(change with { TimeUs = _latestUs });
        }
    }

    /// <summary>What <see cref="Record"/> takes for the present.</summary>
    internal long NowUs()
    {
        lock (_gate)
        {
            return Now();
        }
    }

    internal BilledRun BeginRun(int layer, ReadOnlySpan<RequestTokens> tokens)
    {
        lock (_gate)
        {
            return _meters.BeginRun(Now(), layer, tokens);
        }
    }

    internal void EndRun(BilledRun run, int calls, int staticCalls)
    {
        lock (_gate)
        {
            _meters.EndRun(Now(), run, calls, staticCalls);
        }
    }

    /// <summary>The time as devices count it; never back, whatever clock comes late.</summary>
    private long Now() => _latestUs = Math.Max(_latestUs, _clock.GetElapsedTime(0).Ticks / TimeSpan.TicksPerMicrosecond);
}
