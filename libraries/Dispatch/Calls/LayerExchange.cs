using DaprMoE.Inference;
using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>
/// Gets all rows of a layer computed: divides them over the devices and repeats elsewhere what failed, until nothing is open or
/// <see cref="DispatchOptions.ExpertWait"/> is over.
/// </summary>
internal sealed class LayerExchange
{
    private readonly Routes _routes;
    private readonly DispatchOptions _options;
    private readonly OfferedReplicas _offered;
    private readonly ReplicaDivision _division;
    private readonly DeviceCalls _calls;
    private readonly DeviceFaults _faults = new();
    private readonly OpenRuns _open = new();
    private CallOutcome[] _outcomes = [];

    public LayerExchange(IExpertTransport transport, Routes routes, LayerAssignments assignments, DispatchOptions options, int maxExperts)
    {
        _routes = routes;
        _options = options;
        _offered = new OfferedReplicas(maxExperts, options.Loop);
        _division = new ReplicaDivision(options.Split, maxExperts);
        _calls = new DeviceCalls(transport, new CallTimes(options), assignments, MostGroups(options, maxExperts));
    }

    /// <summary>What the last layer came to.</summary>
    public LayerTally Tally { get; } = new();

    /// <param name="table">The table in force when the layer began.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="runs">Its assignments, one run per expert, experts ascending.</param>
    /// <param name="abandoned">Ends waiting for devices.</param>
    /// <exception cref="ExpertsUnavailableException">No device computed a part in time.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits for the layer any more.</exception>
    public void Run(RoutingTable table, int layer, ReadOnlySpan<ExpertRun> runs, CancellationToken abandoned)
    {
        _open.Clear();
        _faults.Begin(table);
        Tally.Begin(table);
        if (table.Alive.IsEmpty)
        {
            _open.Add(runs);
        }
        else
        {
            RunRound(table, layer, runs, isRetry: false);
        }

        if (_open.Count > 0)
        {
            Repeat(table, layer, abandoned);
        }
    }

    private void Repeat(RoutingTable tried, int layer, CancellationToken abandoned)
    {
        long since = _options.Clock.GetTimestamp();
        while (_open.Count > 0)
        {
            abandoned.ThrowIfCancellationRequested();
            RoutingTable table = _routes.Current;
            bool isNew = !ReferenceEquals(table, tried);
            _faults.Follow(table, isNew);
            if (!HasDevice(table))
            {
                if (table.Alive.IsEmpty || !isNew)
                {
                    WaitForChange(table, layer, since, abandoned);
                }

                _faults.Forgive();
            }
            else if (Left(since) <= TimeSpan.Zero)
            {
                throw Unavailable(table, layer, since);
            }
            else
            {
                tried = table;
                RunRound(table, layer, _open.TakeRound(), isRetry: true);
            }
        }
    }

    /// <summary>
    /// Whether a device can be called. Where all alive ones have failed, those may be called again that were only slow: they have had their
    /// time. What else failed would fail the same way until the routing table changes.
    /// </summary>
    private bool HasDevice(RoutingTable table)
    {
        if (!_faults.LeaveAny(table.Alive))
        {
            _faults.Forgive(CallOutcome.TimedOut);
        }

        return _faults.LeaveAny(table.Alive);
    }

    private void RunRound(RoutingTable table, int layer, ReadOnlySpan<ExpertRun> runs, bool isRetry)
    {
        if (_outcomes.Length < table.DeviceCount)
        {
            _outcomes = new CallOutcome[table.DeviceCount];
        }

        LayerPlan plan = _offered.Of(table, layer, runs, _faults);
        _calls.Prepare(table);
        _division.Divide(_options.Loop?.SplitRule ?? _options.SplitRule, runs, plan, _calls);
        int started = _calls.Run(table, _outcomes);
        Tally.AddRound(table, started, isRetry, _offered.Misses);
        foreach (ExpertCall call in _calls.All)
        {
            CallOutcome outcome = _outcomes[call.Device];
            if (outcome == CallOutcome.Done)
            {
                Tally.AddDone(call);
                _options.Loop?.Done(call, layer);
            }
            else
            {
                _faults.Add(call.Device, outcome);
                _open.Add(call);
            }
        }
    }

    /// <summary>Replicas that a device may be called for beside those of the table.</summary>
    private static int MostGroups(DispatchOptions options, int maxExperts) =>
        maxExperts + (options.Loop is null ? 0 : LayerView.MostPerExpert * maxExperts);

    private void WaitForChange(RoutingTable seen, int layer, long since, CancellationToken abandoned)
    {
        TimeSpan left = Left(since);
        if (left <= TimeSpan.Zero)
        {
            throw Unavailable(seen, layer, since);
        }

        if (!seen.Alive.IsEmpty && _options.RefusalWait != Timeout.InfiniteTimeSpan && _options.RefusalWait < left)
        {
            left = _options.RefusalWait;
        }

        try
        {
            _routes.WaitForChangeAsync(seen).WaitAsync(left, _options.Clock, abandoned).GetAwaiter().GetResult();
        }
        catch (TimeoutException)
        {
            throw Unavailable(seen, layer, since);
        }
    }

    private TimeSpan Left(long since) => _options.ExpertWait - _options.Clock.GetElapsedTime(since);

    private ExpertsUnavailableException Unavailable(RoutingTable table, int layer, long since) =>
        new(layer, table.DeviceCount, table.Alive.Length, _options.Clock.GetElapsedTime(since))
        {
            LastFailure = _faults.LastDevice < 0 ? null : $"device {_faults.LastDevice}: {_faults.LastOutcome}",
        };
}
