using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Autoscaler;

/// <summary>Asks one policy for the plans of all layers of one box. Pure but for the policy's own memory.</summary>
internal sealed class PlanMaker
{
    private readonly IPolicy _policy;
    private readonly PolicyState _state;
    private readonly int[][] _slots;
    private readonly double[] _loads;
    private readonly LayerPlan _plan;
    private readonly ChangeFilter _changes;

    /// <exception cref="SchedulingException">The policy can't work with this box.</exception>
    public PlanMaker(IPolicy policy, PlanningBox box)
    {
        _policy = policy;
        Box = box;
        _state = policy.CreateState(box.Setup);
        _slots = LayerSlots.Divide(box.Devices, box.Shape.Layers);
        _loads = new double[box.Shape.Experts];
        _plan = new LayerPlan(box.Shape.Experts, box.Devices.Count);
        _changes = new ChangeFilter(box.Shape.Layers);
        Loads = new LoadTracker(box.Shape, policy.Traits.HistorySamples);
    }

    public PlanningBox Box { get; }

    public string Policy => _policy.Name;

    /// <summary>What the policy decides on.</summary>
    public LoadTracker Loads { get; }

    /// <summary>Plans all layers.</summary>
    /// <param name="forecast">Loads of the window to come; null where there is no fresh forecast.</param>
    /// <param name="previous">The plan in force; null when there is none.</param>
    /// <param name="now">Time since any fixed start.</param>
    /// <exception cref="SchedulingException">The box has too little room for this policy.</exception>
    public PlanDecision Decide(ForecastDocument? forecast, PlanDocument? previous, TimeSpan now)
    {
        PlanLayer[] layers = new PlanLayer[Box.Shape.Layers];
        PolicyTrace[] traces = new PolicyTrace[layers.Length];
        for (int layer = 0; layer < layers.Length; layer++)
        {
            layers[layer] = Decide(layer, forecast, previous, now);
            traces[layer] = _state.Trace;
        }

        return new PlanDecision(layers, traces);
    }

    private PlanLayer Decide(int layer, ForecastDocument? forecast, PlanDocument? previous, TimeSpan now)
    {
        LayerPlan? alive = Alive(previous, layer);
        bool isKnown = _policy.Traits.UsesForecast && Loads.TryPerIteration(layer, forecast, _loads);
        PolicyInput input = new()
        {
            Layer = layer,
            Forecast = isKnown ? _loads : [],
            History = _policy.Traits.HistorySamples > 0 ? Loads.History(layer) : null,
            Slots = _slots[layer],
            Previous = alive,
        };
        PlanReason reason = _policy.Decide(_state, input, now, _plan);
        bool isWhole = previous?.Policy == Policy && alive?.Count * PlanLayer.Numbers == previous.Layers[layer].Replicas.Count;
        return _changes.Keeps(layer, alive, isWhole, _plan)
            ? PlanLayer.From(alive!, PlanReason.Hysteresis)
            : PlanLayer.From(_plan, reason);
    }

    /// <summary>The replicas of the plan in force that are on devices which are still alive, numbered as these are now.</summary>
    private LayerPlan? Alive(PlanDocument? previous, int layer)
    {
        if (previous is null
            || previous.Model != Box.Model
            || previous.Experts != Box.Shape.Experts
            || previous.Layers.Count != Box.Shape.Layers)
        {
            return null;
        }

        LayerPlan alive = new(Box.Shape.Experts, Box.Devices.Count);
        alive.Reset(Box.Shape.Experts, Box.Devices.Count);
        List<string> names = [.. Box.DeviceNames];
        foreach (PlannedReplica replica in previous.Layers[layer].ToLayerPlan(previous.Experts, previous.Devices.Count).Replicas)
        {
            int device = names.IndexOf(previous.Devices[replica.Device]);
            if (device >= 0)
            {
                alive.Add(replica.Expert, replica.Index, device);
            }
        }

        alive.Seal();
        return alive;
    }
}
