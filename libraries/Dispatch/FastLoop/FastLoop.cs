using DaprMoE.Inference;
using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>
/// Decides, iteration by iteration and layer by layer, which replicas experts have: forecast, policy, warm-ups ahead of use. What is
/// public is safe for any thread; the dispatcher calls the rest from the engine's thread, and none of that allocates while devices,
/// policy and plan stay as they are. A wrong forecast costs balance, never a row.
/// </summary>
public sealed class FastLoop : IDisposable
{
    private readonly FastLoopSetup _setup;
    private readonly LiveReplicas _replicas;
    private readonly LoopLayer[] _layers;
    private readonly int[] _indices;
    private readonly LayerDeciding _deciding;
    private readonly PlanFollowing _plans;
    private readonly long _started;
    private volatile IPolicy _wanted;
    private RoutingTable? _table;
    private AliveDevices? _devices;
    private PlanInForce? _plan;
    private LoopPolicy _policy;
    private ISplitRule _split;

    /// <exception cref="SchedulingException">There is no such policy, or the model or the devices are none that it can work with.</exception>
    public FastLoop(FastLoopSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentOutOfRangeException.ThrowIfLessThan(setup.Distance, 1, nameof(setup));
        _setup = setup;
        _replicas = setup.Replicas;
        _started = setup.Clock.GetTimestamp();
        _layers = [.. MoeLayers(setup)];
        _indices = [.. _replicas.ExpertsPerLayer.Select((_, layer) => Array.FindIndex(_layers, it => it.Layer == layer))];
        _deciding = new LayerDeciding(setup, _layers);
        _plans = new PlanFollowing(_replicas);
        _wanted = PolicyRegistry.Create(setup.Policy);
        _policy = new LoopPolicy(_wanted, [], hasPlan: false);
        _split = SplitOf(_wanted);
    }

    /// <summary>The policy in force; the engine takes it over with its next iteration.</summary>
    public string Policy => _wanted.Name;

    /// <summary>Version of the slow loop's plan that is followed; 0 before the first.</summary>
    public long PlanVersion => _plans.Current?.Version ?? 0;

    /// <summary>Which replicas hold memory where, as far as is known.</summary>
    public LiveReplicas Replicas => _replicas;

    /// <summary>How an expert's tokens are divided now.</summary>
    internal ISplitRule SplitRule => _split;

    /// <summary>Takes a plan of the slow loop as the base from here on. One that is not newer than that which is followed changes nothing.</summary>
    /// <exception cref="ArgumentException">It has not the model's layers and experts, or not the gateway's devices.</exception>
    public void Follow(PlanInForce plan) => _plans.Follow(plan);

    /// <summary>Lets another policy decide, from the next iteration on.</summary>
    /// <exception cref="SchedulingException">There is no such policy; the one before stays.</exception>
    public void Switch(string policy) => _wanted = PolicyRegistry.Create(policy);

    /// <summary>Why a policy could not work on these devices: a sentence with the numbers and the remedy; null when it could.</summary>
    /// <exception cref="SchedulingException">There is no such policy.</exception>
    public string? RefusalOf(string policy) => PolicyRoom.RefusalOf(PolicyRegistry.Create(policy), _replicas, _setup);

    /// <inheritdoc/>
    public void Dispose() => _setup.Predictor.Dispose();

    /// <summary>An iteration begins: takes over what was switched meanwhile, and decides about the layers that no gate input can foresee.</summary>
    internal void BeginIteration(in ForwardRows rows, RoutingTable table)
    {
        TakeOver(table);
        for (int index = 0; index < Math.Min(_setup.Distance, _layers.Length); index++)
        {
            _deciding.Decide(_layers[index], LayerInput.AtStart(rows.Tokens), _policy, _devices!, Now);
        }
    }

    /// <summary>A gate has chosen: decides about a later layer, whose experts can be loaded while this one is computed.</summary>
    internal void BeforeLayer(in MoeLayerCall call, RoutingTable table)
    {
        Settle(table);
        int target = _indices[call.Layer] + _setup.Distance;
        if (target < _layers.Length)
        {
            _deciding.Decide(_layers[target], LayerInput.After(in call), _policy, _devices!, Now);
        }
    }

    /// <summary>The replicas of a layer that may be called now; by policy static those of the routing table, warm or not.</summary>
    internal LayerPlan Alive(int layer, RoutingTable table)
    {
        Settle(table);
        LayerView view = _layers[_indices[layer]].View;
        view.Refresh(Now);
        return _policy.IsFixed ? table.Layer(layer) : view.Alive;
    }

    /// <summary>
    /// The replica to load for an expert that has none: one that loads or was asked for, one that was decided on and has room, one of the
    /// slow loop's plan, the one at its home.
    /// </summary>
    /// <param name="layer">The layer.</param>
    /// <param name="expert">Its expert.</param>
    /// <param name="faults">Devices that failed in this layer.</param>
    /// <returns>The replica; null where the routing table decides, or all its devices have failed.</returns>
    internal PlannedReplica? ColdStart(int layer, int expert, DeviceFaults faults)
    {
        if (_policy.IsFixed)
        {
            return null;
        }

        LoopLayer it = _layers[_indices[layer]];
        return Find(it.View.Held, expert, faults, _devices!)
            ?? (it.Outcome.Reason == PlanReason.NoRoom ? null : Find(it.Wanted, expert, faults, _devices!))
            ?? Planned(layer, expert, faults)
            ?? (faults.Has(it.View.HomeOf(expert)) ? null : new PlannedReplica(expert, Index: 0, it.View.HomeOf(expert)));
    }

    /// <summary>A device has computed a call.</summary>
    internal void Done(ExpertCall call, int layer)
    {
        if (_setup.IsRemote)
        {
            foreach (ReplicaGroup group in call.Groups)
            {
                _replicas.Used(new ReplicaId(new ExpertId(layer, group.Expert), group.Index), call.Device);
            }
        }
    }

    /// <summary>A layer is computed: its loads are compared with what was foreseen, and learned from.</summary>
    internal void AfterLayer(int layer, ReadOnlySpan<int> loads)
    {
        LoopLayer it = _layers[_indices[layer]];
        Report(it, loads);
        _deciding.Ran(it, loads, _devices!);
        it.Outcome = default;
    }

    private TimeSpan Now => _setup.Clock.GetElapsedTime(_started);

    private static IEnumerable<LoopLayer> MoeLayers(FastLoopSetup setup)
    {
        int index = 0;
        for (int layer = 0; layer < setup.Replicas.ExpertsPerLayer.Count; layer++)
        {
            int experts = setup.Replicas.ExpertsPerLayer[layer];
            if (experts > 0)
            {
                LayerWishes wishes = new(layer, setup.WarmUps, 2 * experts);
                yield return new LoopLayer(
                    layer, index++, new LayerView(experts, setup.Replicas.DeviceCount, setup.Replicas.Of(layer), wishes));
            }
        }
    }

    private static PlannedReplica? Find(LayerPlan plan, int expert, DeviceFaults faults, AliveDevices devices)
    {
        foreach (PlannedReplica replica in plan.ReplicasOf(expert))
        {
            int device = devices.DeviceOf(replica.Device);
            if (!faults.Has(device))
            {
                return replica with { Device = device };
            }
        }

        return null;
    }

    /// <summary>The slow loop's plan numbers devices as the gateway does, and may still name one that is lost.</summary>
    private PlannedReplica? Planned(int layer, int expert, DeviceFaults faults)
    {
        if (_plan is null)
        {
            return null;
        }

        foreach (PlannedReplica replica in _plan.Layers[layer].ReplicasOf(expert))
        {
            if (_devices!.NumberOf(replica.Device) >= 0 && !faults.Has(replica.Device))
            {
                return replica;
            }
        }

        return null;
    }

    /// <summary>Policy and plan change between iterations only.</summary>
    private void TakeOver(RoutingTable table)
    {
        IPolicy wanted = _wanted;
        PlanInForce? plan = _plans.Current;
        bool isOther = !ReferenceEquals(wanted, _policy.Policy) || !ReferenceEquals(plan, _plan);
        _plan = plan;
        Settle(table);
        if (isOther)
        {
            Adopt(wanted);
        }
    }

    /// <summary>Other devices are alive than before: nothing that was decided holds.</summary>
    private void Settle(RoutingTable table)
    {
        if (ReferenceEquals(table, _table))
        {
            return;
        }

        _table = table;
        if (_devices?.Are(table) != true)
        {
            ForgetLost(table);
            _devices = new AliveDevices(table);
            Adopt(_policy.Policy);
        }
    }

    private void ForgetLost(RoutingTable table)
    {
        for (int device = 0; device < table.DeviceCount; device++)
        {
            if (table.Alive.IndexOf(device) < 0)
            {
                _replicas.Forget(device);
            }
        }
    }

    private void Adopt(IPolicy policy)
    {
        AliveDevices devices = _devices!;
        _policy = new LoopPolicy(policy, devices.Count == 0 ? [] : _layers.Select(Setup), _plan is not null);
        _split = SplitOf(policy);
        foreach (LoopLayer layer in _layers)
        {
            layer.Wanted.Reset(layer.View.Experts, Math.Max(1, devices.Count));
            layer.Wanted.Seal();
            if (devices.Count > 0)
            {
                layer.View.Settle(devices, _plan?.Layers[layer.Layer]);
            }
        }
    }

    private PolicySetup Setup(LoopLayer layer) => PolicyRoom.Setup(layer.Layer, _layers.Length, _replicas, _setup, _devices!.Count);

    private ISplitRule SplitOf(IPolicy policy) => _setup.SplitRule ?? SplitRules.Get(policy.Traits.SplitRule);

    private void Report(LoopLayer layer, ReadOnlySpan<int> loads)
    {
        if (_setup.Observer is not { } observer)
        {
            return;
        }

        LayerOutcome outcome = layer.Outcome;
        observer.Decided(new LayerDecision
        {
            Layer = layer.Layer,
            Policy = _policy.Policy.Name,
            PlanVersion = _plan?.Version ?? 0,
            Reason = outcome.Reason,
            Basis = outcome.Basis,
            Forecast = outcome.IsForeseen ? layer.Forecast : [],
            Loads = loads,
            Alive = layer.View.Alive,
            Wanted = Wanted(layer),
            Asked = outcome.Asked,
            Cancelled = outcome.Cancelled,
            Elapsed = outcome.Elapsed,
            Accuracy = layer.Accuracy(loads),
        });
    }

    private int Wanted(LoopLayer layer) =>
        _policy.Decides ? layer.Wanted.Count : _plan?.Layers[layer.Layer].Count ?? layer.View.Experts;
}
