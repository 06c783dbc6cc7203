using DaprMoE.Scheduling;

namespace DaprMoE.Simulation;

/// <summary>
/// Runs one layer: divides its tokens over the replicas that are warm, waits for those that are not, and takes the time it needs.
/// </summary>
internal sealed class LayerRunner
{
    private readonly Cell _cell;
    private readonly ISplitRule _split;
    private readonly ReplicaMemory _memory;
    private readonly LayerCalls _calls;
    private readonly LosslessBound _bound;
    private readonly bool _isLossy;
    private readonly SplitContext _context;
    private readonly SplitResult _result = new();
    private readonly LayerPlan _dispatch;
    private readonly int[] _equalLoads;
    private readonly double[] _deviceTokens;
    private readonly double[] _deviceSeconds;
    private readonly long _replicasThatFit;
    private LayerTime _time;
    private int _layer;
    private double _leastSeconds;

    public LayerRunner(Cell cell, ISplitRule split, bool isLossy, ReplicaMemory memory)
    {
        _cell = cell;
        _split = split;
        _isLossy = isLossy;
        _memory = memory;
        _calls = new LayerCalls(cell, memory);
        _bound = new LosslessBound(cell.Timing, cell.Settings.Overlap, cell.Testbed.Devices);
        _context = new SplitContext(cell.Timing.Replica);
        _dispatch = new LayerPlan(cell.Shape.Experts, cell.Testbed.Devices);
        _equalLoads = new int[cell.Shape.Experts];
        _deviceTokens = new double[cell.Testbed.Devices];
        _deviceSeconds = new double[cell.Testbed.Devices];
        long others = (long)(cell.Shape.Layers - 1) * cell.Shape.Experts;
        _replicasThatFit = Math.Max(cell.Shape.Experts, (cell.Testbed.Devices * (cell.ExpertBudget / cell.Shape.ExpertBytes)) - others);
    }

    /// <summary>Experts with tokens and no warm replica.</summary>
    public long ColdStarts => _calls.ColdStarts;

    public LayerMeasures Measures { get; } = new();

    /// <summary>Divides the tokens and waits for weights.</summary>
    /// <returns>When the layer can run, s.</returns>
    public double Prepare(int layer, ReadOnlySpan<int> loads, LayerPlan plan, double now)
    {
        _layer = layer;
        _leastSeconds = _bound.Of(loads, _replicasThatFit);
        ReadOnlySpan<int> served = _isLossy ? Equalise(loads) : loads;
        _memory.AdvanceTo(now);
        _calls.Find(layer, served, plan, _dispatch);
        _split.Split(served, _dispatch, _context, _result);
        if (_result.Unserved > 0)
        {
            throw new InvalidOperationException($"{_result.Unserved} tokens of layer {layer} have no replica.");
        }

        _time = LayerTiming.Of(
            _dispatch,
            _result.Tokens,
            _cell.Timing.Replica,
            _cell.Timing.SecondsPerTokenMoved,
            _cell.Settings.Overlap,
            _deviceTokens,
            _deviceSeconds);
        return _calls.Hold(layer, _dispatch, _result.Tokens, now);
    }

    /// <summary>Runs what was prepared.</summary>
    /// <param name="asked">When the layer was asked for, s.</param>
    /// <param name="ready">When it can run, s.</param>
    /// <returns>When it is done, s.</returns>
    public double Run(double asked, double ready)
    {
        double end = ready + _time.Total;
        _memory.RunLayer(_layer, ready, end);
        _calls.Release(end);
        Measures.Add(end - asked, _leastSeconds, (double)_memory.Of(_layer).Held / _cell.Shape.Experts, _deviceTokens);
        return end;
    }

    // Every expert gets as many tokens as any other, as if the gate had chosen so; what is left over is spread evenly.
    private int[] Equalise(ReadOnlySpan<int> loads)
    {
        int sum = 0;
        foreach (int load in loads)
        {
            sum += load;
        }

        int experts = _equalLoads.Length;
        Array.Fill(_equalLoads, sum / experts);
        long left = sum % experts;
        for (int i = 0; i < left; i++)
        {
            _equalLoads[(int)(i * experts / left)]++;
        }

        return _equalLoads;
    }
}
