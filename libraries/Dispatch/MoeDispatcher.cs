using DaprMoE.Inference;
using DaprMoE.Ports;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Dispatch;

/// <summary>
/// The MoE-layer port's implementation: sorts tokens by expert, calls the devices that the routing table names, combines the rows
/// by the numerics rule. Called from the engine's thread only; allocates nothing after construction.
/// </summary>
public sealed unsafe class MoeDispatcher : IMoeLayer, IDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    private readonly IExpertTransport _transport;
    private readonly Routes _routes;
    private readonly WorkerPool _workers;
    private readonly VectorMath _math;
    private readonly AssignmentOrder _order;
    private readonly LayerAssignments _assignments;
    private readonly ExpertCall[] _calls;
    private readonly NativeBuffer _rows;
    private long _lastCall;

    /// <param name="transport">How rows reach the devices.</param>
    /// <param name="routes">Where the experts are.</param>
    /// <param name="workers">Threads for combining.</param>
    /// <param name="width">Vector width for combining.</param>
    /// <param name="limits">Sizes to allocate for; at most 64 experts per token.</param>
    public MoeDispatcher(IExpertTransport transport, Routes routes, WorkerPool workers, VectorWidth width, DispatchLimits limits)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limits.MaxTopK, CombineJob.MaxTopK, nameof(limits));
        RequireAddressable(limits);
        _transport = transport;
        _routes = routes;
        _workers = workers;
        _math = VectorMath.For(width);
        int assignments = limits.MaxRows * limits.MaxTopK;
        _order = new AssignmentOrder(limits);
        _assignments = new LayerAssignments(assignments);
        _calls = [.. Enumerable.Range(0, routes.Current.DeviceCount).Select(device => new ExpertCall(device, limits.MaxExperts))];
        _rows = new NativeBuffer(Math.Max(1, (long)assignments * limits.HiddenSize) * sizeof(float));
    }

    /// <inheritdoc/>
    public void Forward(in MoeLayerCall call)
    {
        LayerPlan plan = _routes.Current.Layer(call.Layer);
        fixed (float* input = call.Input)
        {
            Describe(in call, input);
            _order.Sort(in call, plan.Experts, _assignments);
            _assignments.Covered.Clear();
            Divide(plan);
            foreach (ExpertCall part in _calls)
            {
                Start(part);
            }

            foreach (ExpertCall part in _calls)
            {
                Wait(part);
            }
        }

        Combine(in call);
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

    private void Divide(LayerPlan plan)
    {
        foreach (ExpertCall part in _calls)
        {
            part.Clear();
        }

        foreach (ExpertRun run in _order.Runs)
        {
            PlannedReplica replica = plan.ReplicasOf(run.Expert)[0];
            _calls[replica.Device].Add(new ReplicaGroup(run.Expert, replica.Index, run.First, run.Count));
        }
    }

    private void Start(ExpertCall part)
    {
        if (part.Rows > 0)
        {
            part.Id = ++_lastCall;
            part.PlanVersion = _routes.Current.Version;
            part.Timeout = CallTimeout;
            part.Assignments = _assignments;
            _transport.Start(part);
        }
    }

    private void Wait(ExpertCall part)
    {
        if (part.Rows > 0 && _transport.Wait(part) is var outcome and not CallOutcome.Done)
        {
            throw new InvalidOperationException($"Device {part.Device} did not compute layer {_assignments.Layer}: {outcome}.");
        }
    }

    private void Combine(in MoeLayerCall call)
    {
        fixed (int* slots = _order.Slots)
        fixed (float* weights = call.Weights)
        fixed (float* output = call.Output)
        {
            CombineJob job = new()
            {
                Math = _math,
                Rows = _rows.Floats,
                Slots = slots,
                Weights = weights,
                Output = output,
                TopK = call.TopK,
                HiddenSize = call.HiddenSize,
                Tokens = call.Experts.Length / call.TopK,
            };
            if (job.Tokens < CombineJob.ParallelTokens)
            {
                job.Execute(0, 1);
            }
            else
            {
                _workers.Run(ref job);
            }
        }
    }
}
