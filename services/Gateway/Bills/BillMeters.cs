using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>
/// The meter of what is held, and one of static placement over the same time, layers and requests: one copy of each expert, held throughout.
/// </summary>
internal sealed class BillMeters
{
    private readonly BillMeter _actual;
    private readonly BillMeter _static;

    /// <param name="scope">The model, and the policy of the first window.</param>
    /// <param name="startUs">When the first window starts.</param>
    /// <param name="prices">The price list.</param>
    /// <param name="model">What one copy of everything takes.</param>
    public BillMeters(BillScope scope, long startUs, BillPrices prices, BilledModel model)
    {
        NonExpertMemory rest = new(model.NonExpertBytes, BillOptions.Cpu);
        BillWindow window = new(startUs, long.MaxValue);
        _actual = new BillMeter(scope, window, prices, rest, requestsEnd: true);
        _static = new BillMeter(scope, window, prices, rest, requestsEnd: true);
        for (int layer = 0; layer < model.Layers.Count; layer++)
        {
            // All experts of a layer are in one entry: none of them ever goes.
            ReplicaId all = new(new ExpertId(layer, 0), 0);
            LayerExperts experts = model.Layers[layer];
            if (experts.Experts > 0)
            {
                _static.Record(new ReplicaMemoryEvent(
                    startUs, MemoryEvent.Warm, all, Device: 0, model.MemoryKind, experts.Experts * experts.ExpertBytes));
            }
        }
    }

    public void Record(in ReplicaMemoryEvent change) => _actual.Record(in change);

    public BilledRun BeginRun(long timeUs, int layer, ReadOnlySpan<RequestTokens> tokens) =>
        new(_actual.BeginRun(timeUs, layer, tokens), _static.BeginRun(timeUs, layer, tokens));

    /// <summary>Ends a run that called so many experts; at their homes it would have been so many.</summary>
    public void EndRun(long timeUs, BilledRun run, int calls, int staticCalls)
    {
        _actual.RecordCalls(timeUs, run.Actual, calls);
        _static.RecordCalls(timeUs, run.Static, staticCalls);
        _actual.EndRun(timeUs, run.Actual);
        _static.EndRun(timeUs, run.Static);
    }

    public void BeginRequest(long timeUs, string request)
    {
        _actual.BeginRequest(timeUs, request);
        _static.BeginRequest(timeUs, request);
    }

    public Compared<RequestBill> EndRequest(long timeUs, string request) =>
        new(_actual.EndRequest(timeUs, request), _static.EndRequest(timeUs, request));

    public Compared<BillSums> Sums(long timeUs) => new(_actual.Sums(timeUs), _static.Sums(timeUs));

    public Compared<Bill> Snapshot(long timeUs) => new(_actual.Snapshot(timeUs), _static.Snapshot(timeUs));

    /// <summary>Another policy decides from now on.</summary>
    public Compared<Bill> Restart(long timeUs, BillScope scope)
    {
        BillWindow next = new(timeUs, long.MaxValue);
        return new(_actual.Restart(scope, next), _static.Restart(scope, next));
    }
}

/// <summary>A layer's run on both meters.</summary>
internal readonly record struct BilledRun(LayerRun Actual, LayerRun Static);
