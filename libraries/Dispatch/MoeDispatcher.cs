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
    private readonly IExpertTransport _transport;
    private readonly RoutingTable _routes;
    private readonly WorkerPool _workers;
    private readonly VectorMath _math;
    private readonly AssignmentOrder _order;
    private readonly NativeBuffer _rows;

    /// <param name="transport">How rows reach the devices.</param>
    /// <param name="routes">Where the experts are.</param>
    /// <param name="workers">Threads for combining.</param>
    /// <param name="width">Vector width for combining.</param>
    /// <param name="limits">Sizes to allocate for; at most 64 experts per token.</param>
    public MoeDispatcher(IExpertTransport transport, RoutingTable routes, WorkerPool workers, VectorWidth width, DispatchLimits limits)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limits.MaxTopK, CombineJob.MaxTopK, nameof(limits));
        RequireAddressable(limits);
        _transport = transport;
        _routes = routes;
        _workers = workers;
        _math = VectorMath.For(width);
        int assignments = limits.MaxRows * limits.MaxTopK;
        _order = new AssignmentOrder(assignments, limits.MaxExperts);
        _rows = new NativeBuffer(Math.Max(1, (long)assignments * limits.HiddenSize) * sizeof(float));
    }

    /// <inheritdoc/>
    public void Forward(in MoeLayerCall call)
    {
        ReadOnlySpan<int> devices = _routes.Devices(call.Layer);
        _order.Sort(call.Experts, call.TopK, devices.Length);
        ReadOnlySpan<ExpertGroup> groups = _order.Groups;
        while (!groups.IsEmpty)
        {
            // The static table gives each device one run of experts, so a device's groups are consecutive.
            int device = devices[groups[0].Expert];
            int count = 1;
            while (count < groups.Length && devices[groups[count].Expert] == device)
            {
                count++;
            }

            Send(device, groups[..count], in call);
            groups = groups[count..];
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

    private void Send(int device, ReadOnlySpan<ExpertGroup> groups, in MoeLayerCall call) => _transport.Forward(new ExpertCall
    {
        Device = device,
        Layer = call.Layer,
        HiddenSize = call.HiddenSize,
        Input = call.Input,
        Rows = _order.Rows,
        Groups = groups,
        Output = new Span<float>(_rows.Floats, _order.Rows.Length * call.HiddenSize),
    });

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
