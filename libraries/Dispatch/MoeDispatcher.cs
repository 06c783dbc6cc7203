using DaprMoE.Inference;
using DaprMoE.Ports;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Dispatch;

/// <summary>
/// The MoE-layer port's implementation: sorts tokens by expert, divides them over the replicas that the routing table names, calls their
/// devices, combines the rows by the numerics rule. Which replica computes a row changes no bit of it. Called from the engine's thread
/// only; allocates nothing after construction while devices do not fail.
/// </summary>
public sealed unsafe class MoeDispatcher : IMoeLayer, IDisposable
{
    private readonly Routes _routes;
    private readonly DispatchOptions _options;
    private readonly TimeProvider _clock;
    private readonly FastLoop? _loop;
    private readonly AssignmentOrder _order;
    private readonly LayerAssignments _assignments;
    private readonly LayerExchange _exchange;
    private readonly LayerCombine _combine;
    private readonly NativeBuffer _rows;

    /// <param name="transport">How rows reach the devices.</param>
    /// <param name="routes">Where the experts are; taken anew for each layer.</param>
    /// <param name="workers">Threads for combining.</param>
    /// <param name="width">Vector width for combining.</param>
    /// <param name="limits">Sizes to allocate for; at most 64 experts per token.</param>
    /// <param name="options">How to divide and how long to wait; null for the defaults.</param>
    public MoeDispatcher(
        IExpertTransport transport, Routes routes, WorkerPool workers, VectorWidth width, DispatchLimits limits,
        DispatchOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limits.MaxTopK, CombineJob.MaxTopK, nameof(limits));
        RequireAddressable(limits);
        _routes = routes;
        _options = options ?? new DispatchOptions();
        _clock = _options.ObserverClock ?? _options.Clock;
        _loop = _options.Loop;
        int assignments = limits.MaxRows * limits.MaxTopK;
        _order = new AssignmentOrder(limits);
        _assignments = new LayerAssignments(assignments);
        _exchange = new LayerExchange(transport, routes, _assignments, _options, limits.MaxExperts);
        _combine = new LayerCombine(workers, width);
        _rows = new NativeBuffer(Math.Max(1, (long)assignments * limits.HiddenSize) * sizeof(float));
    }

    /// <inheritdoc/>
    public void BeginIteration(in ForwardRows rows) => _loop?.BeginIteration(in rows, _routes.Current);

    /// <inheritdoc/>
    public void Forward(in MoeLayerCall call)
    {
        long started = _options.Observer is null ? 0 : _clock.GetTimestamp();
        RoutingTable table = _routes.Current;
        fixed (float* input = call.Input)
        {
            Describe(in call, input);
            _order.Sort(in call, table.Layer(call.Layer).Experts, _assignments);
            _assignments.Covered.Clear();
            _loop?.BeforeLayer(in call, table);
            _exchange.Run(table, call.Layer, _order.Runs, call.Abandoned);
        }

        _combine.Run(in call, _order, _assignments);
        _loop?.AfterLayer(call.Layer, _order.Loads);
        if (_options.Observer is { } observer)
        {
            Report(observer, in call, _clock.GetElapsedTime(started));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();

    /// <summary>One iteration's expert rows are handed over as one span.</summary>
    private static void RequireAddressable(DispatchLimits limits)
    {
        long values = (long)limits.MaxRows * limits.MaxTopK * limits.HiddenSize;
        if (values > int.MaxValue)
        {
            throw new ArgumentException(
                $"{limits.MaxRows} rows of {limits.MaxTopK} experts and {limits.HiddenSize} values are {values} values in one iteration; "
                + $"at most {int.MaxValue} can be handed over. Lower the token budget.", nameof(limits));
        }
    }

    private void Describe(in MoeLayerCall call, float* input)
    {
        _assignments.Layer = call.Layer;
        _assignments.HiddenSize = call.HiddenSize;
        _assignments.TopK = call.TopK;
        _assignments.Input = input;
        _assignments.InputRows = call.Input.Length / call.HiddenSize;
        _assignments.Output = _rows.Floats;
    }

    private void Report(IDispatchObserver observer, in MoeLayerCall call, TimeSpan elapsed) => observer.LayerDone(new LayerDispatch
    {
        Layer = call.Layer,
        Tokens = call.Experts.Length / call.TopK,
        Loads = _order.Loads,
        Elapsed = elapsed,
        Devices = _exchange.Tally.Devices,
        DeviceRows = _exchange.Tally.DeviceRows,
        Calls = _exchange.Tally.Calls,
    });
}
