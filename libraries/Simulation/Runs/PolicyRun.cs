using DaprMoE.Scheduling;

namespace DaprMoE.Simulation;

/// <summary>One policy through one cell, in simulated time.</summary>
internal sealed class PolicyRun
{
    private readonly Cell _cell;
    private readonly IPolicy _policy;
    private readonly ISplitRule _split;
    private readonly IRouting _routing;
    private readonly IBatchSource _batches;
    private readonly LoadWindows _windows;
    private readonly PlanMaker _plans;
    private readonly ReplicaMemory _memory;
    private readonly PlanFollower _follower;
    private readonly SlowLoop _slowLoop;
    private readonly LayerRunner _layers;
    private readonly RequestTimes _times = new();
    private long _deployed;
    private long _movedAtFirst;
    private double _busy;
    private double _now;

    public PolicyRun(Cell cell, string policy)
    {
        _cell = cell;
        _policy = PolicyRegistry.Create(policy, cell.Settings.Policies);
        int samples = _policy.Traits.HistorySamples;
        _split = SplitRules.Get(cell.Settings.Splits.GetValueOrDefault(policy, _policy.Traits.SplitRule));
        _routing = cell.CreateRouting();
        _batches = cell.CreateBatches();
        _windows = new LoadWindows(_cell.Shape.Layers, _cell.Shape.Experts, samples, cell.Settings.Seed);
        _plans = new PlanMaker(_policy, cell, _windows, _routing);
        _memory = new ReplicaMemory(cell, policy);
        _follower = new PlanFollower(cell, _memory);
        _slowLoop = new SlowLoop(cell, _plans, _memory, _follower);
        _layers = new LayerRunner(cell, _split, _policy.Traits.Lossy, _memory);
        if (cell.Settings.Arrivals is null && samples > 0)
        {
            OlderTraffic.Observe(_routing, cell.Settings.Tokens.Steps, samples, _windows);
        }
    }

    /// <summary>Layers run so far.</summary>
    public long LayerIterations => _layers.Measures.Latency.Count;

    public PolicyResult Run(CancellationToken cancellationToken)
    {
        Deploy();
        Batch batch = new();
        for (int iteration = 0; iteration < _cell.Settings.Iterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!_batches.TryNext(_now, batch, out double start) || !_routing.MoveNext(batch))
            {
                break;
            }

            _slowLoop.PassTime(_now, start);
            _now = RunIteration(batch, start);
            _busy += _now - start;
            _batches.Complete(start, _now, _times);
        }

        return Result();
    }

    /// <summary>
    /// Puts the first plans in place, in no time: one replica of each expert, then what the policy wants before any traffic.
    /// </summary>
    private void Deploy()
    {
        LayerPlan homes = StaticHomes.Of(_cell);
        _follower.Hold(_ => homes, now: 0);
        for (int layer = 0; layer < _cell.Shape.Layers; layer++)
        {
            _follower.Follow(layer, _plans.First(layer, _memory), now: 0);
        }

        _follower.Hold(_plans.Of, now: 0);
        _deployed = _memory.Loads;
        _movedAtFirst = _follower.Migrations;
        _memory.CopiesTakeTime = _cell.Settings.CopiesTakeTime;
        _follower.FreesAtOnce = _memory.KeepAliveUs == 0;
    }

    private double RunIteration(Batch batch, double start)
    {
        double now = start;
        _windows.BeginIteration(hasPrompts: batch.Prompts.Count > 0);
        double nonExpert = _cell.Timing.NonExpert(batch.Tokens);
        for (int layer = 0; layer < Math.Min(PolicyDefaults.ForecastDistance, _cell.Shape.Layers); layer++)
        {
            Plan(layer, now);
        }

        for (int layer = 0; layer < _cell.Shape.Layers; layer++)
        {
            ReadOnlySpan<int> loads = _routing.Loads(layer);
            double ready = _layers.Prepare(layer, loads, _plans.Of(layer), now);
            if (layer + PolicyDefaults.ForecastDistance < _cell.Shape.Layers)
            {
                Plan(layer + PolicyDefaults.ForecastDistance, ready);
            }

            now = _layers.Run(now, ready) + nonExpert;
            _windows.Count(layer, loads);
        }

        _windows.EndIteration(now);
        return now;
    }

    // Ahead of the layer, so that weight copies have the time of those before it; what had no room before is asked for again.
    private void Plan(int layer, double now)
    {
        _plans.Next(layer, _memory, _routing.Loads(layer), now);
        _follower.Follow(layer, _plans.Of(layer), now);
    }

    private PolicyResult Result()
    {
        LayerMeasures measures = _layers.Measures;
        return new PolicyResult
        {
            Policy = _policy.Name,
            Split = _split.Name,
            LayerIterations = LayerIterations,
            Layer = LatencySummary.Of(measures.Latency),
            LosslessBound = measures.MeanBound,
            FirstToken = LatencySummary.OfAny(_times.FirstToken),
            PerToken = LatencySummary.OfAny(_times.PerToken),
            BusySeconds = _busy,
            Seconds = _now,
            CopiesPerExpert = measures.MeanCopies,
            MaxOverMean = measures.MeanMaxOverMean,
            Cv = measures.MeanCv,
            ColdStarts = _layers.ColdStarts,
            WeightCopies = _memory.Loads - _deployed,
            Migrations = _follower.Migrations - _movedAtFirst,
            Reasons = _plans.Reasons,
            Bill = BillSummary.Of(_memory.Bill(_now)),
            LayerQuantiles = [.. Enumerable.Range(0, 101).Select(share => measures.Latency.Quantile(share / 100.0))],
        };
    }
}
