using DaprMoE.Predictors;
using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>One step of the fast loop: forecast a layer's loads, let the policy decide, ask for what is missing.</summary>
internal sealed class LayerDeciding(FastLoopSetup setup, LoopLayer[] layers)
{
    private readonly LayerRoom _room = new(setup.Replicas, layers);
    private readonly LayerDiff _diff = new();
    private readonly int[] _slots = new int[setup.Replicas.DeviceCount];

    /// <param name="layer">The layer to decide about.</param>
    /// <param name="input">What is known.</param>
    /// <param name="policy">The policy in force.</param>
    /// <param name="devices">The alive devices.</param>
    /// <param name="now">Time since the loop's start.</param>
    public void Decide(LoopLayer layer, in LayerInput input, LoopPolicy policy, AliveDevices devices, TimeSpan now)
    {
        if (input.Rows == 0)
        {
            return;
        }

        long started = setup.Clock.GetTimestamp();
        ForecastBasis basis = setup.Predictor.Forecast(
            new ForecastInput
            {
                Layer = layer.Layer,
                Rows = input.Rows,
                Source = Math.Max(0, input.Source),
                GateInput = input.GateInput,
                Tokens = input.Tokens,
            },
            layer.Forecast);
        layer.TakeForecast();
        Tell(layer, devices);
        (PlanReason reason, int asked, int cancelled) = policy.Decides
            ? Follow(layer, policy, devices, now)
            : (policy.Followed, 0, 0);
        layer.Outcome = new LayerOutcome(
            IsForeseen: true, basis, reason, asked, cancelled, setup.Clock.GetElapsedTime(started));
    }

    /// <summary>A layer ran with these loads.</summary>
    public void Ran(LoopLayer layer, ReadOnlySpan<int> loads, AliveDevices devices)
    {
        setup.Predictor.Observe(layer.Layer, loads);
        layer.Ran(loads);
        Tell(layer, devices);
    }

    /// <summary>Only a device that has to evict for its next load asks what is used last.</summary>
    private void Tell(LoopLayer layer, AliveDevices devices)
    {
        if (setup.Uses is not { } uses)
        {
            return;
        }

        foreach (int device in devices.All)
        {
            if (setup.Replicas.FreeBytes(device) < setup.Replicas.ExpertBytes(layer.Layer))
            {
                uses.Expect(device, layer.Layer, layer.Chances);
            }
        }
    }

    private (PlanReason Reason, int Asked, int Cancelled) Follow(LoopLayer layer, LoopPolicy policy, AliveDevices devices, TimeSpan now)
    {
        foreach (LoopLayer other in layers)
        {
            other.View.Refresh(now);
        }

        Span<int> slots = _slots.AsSpan(0, devices.Count);
        _room.Count(layer, devices, slots);
        PlanReason reason = policy.Decide(layer, slots, now);
        _diff.Compute(layer.View.Held, layer.Wanted);
        return (reason, Ask(layer, devices, now), Cancel(layer, devices));
    }

    private int Ask(LoopLayer layer, AliveDevices devices, TimeSpan now)
    {
        int asked = 0;
        foreach (PlannedReplica cold in _diff.Cold)
        {
            PlannedReplica replica = cold with { Device = devices.DeviceOf(cold.Device) };
            if (_room.CanLoad(layer, replica.Device) && layer.View.Wishes.TryAsk(replica, now))
            {
                setup.Replicas.Retire(layer.Layer, replica, isRetired: false);
                layer.View.Asked(replica.Device);
                asked++;
            }
        }

        return asked;
    }

    private int Cancel(LoopLayer layer, AliveDevices devices)
    {
        int cancelled = 0;
        foreach (PlannedReplica evicted in layer.View.Wishes.Count > 0 ? _diff.Evicted : [])
        {
            if (layer.View.Wishes.TryCancel(evicted with { Device = devices.DeviceOf(evicted.Device) }))
            {
                layer.View.Touch();
                cancelled++;
            }
        }

        return cancelled;
    }
}
