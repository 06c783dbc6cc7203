using DaprMoE.Ports;
using DaprMoE.Scheduling;
using Microsoft.Extensions.Options;

namespace DaprMoE.Autoscaler;

/// <summary>
/// The autoscaler's part of the slow loop: windows and forecast in state → policy → plan → rollout. One thread at a time.
/// </summary>
internal sealed partial class AutoscalerLoop(
    IStateStore state,
    IPlanningBoxSource boxes,
    IPlanRollout rollout,
    ActivePolicy policy,
    TimeProvider clock,
    IOptions<AutoscalerOptions> options,
    AutoscalerMetrics metrics,
    ILogger<AutoscalerLoop> logger)
{
    private readonly LoadWindowLog _log = new(state, options.Value.Source);
    private readonly ForecastStore _forecasts = new(state);
    private readonly PlanStore _plans = new(state);
    private readonly long _started = clock.GetTimestamp();
    private PlanMaker? _maker;
    private PlanningBox? _box;
    private IPolicy? _refused;
    private long _seen;
    private long? _decidedAt;
    private PlanMaker? _decidedBy;
    private long _decidedTime;

    /// <summary>Looks at state once.</summary>
    /// <returns>The plan whose rollout was begun; null when everything stays.</returns>
    /// <exception cref="StateStoreException">The store can't be read or written; the next look tries again.</exception>
    public async ValueTask<PlanDocument?> StepAsync(CancellationToken cancellationToken)
    {
        if (boxes.Current is not { } box || !TryPrepare(box, policy.Current))
        {
            return null;
        }

        StoredPlan? inForce;
        try
        {
            inForce = await _plans.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DocumentException exception)
        {
            LogRefusedDocument(exception.Message);
            return null;
        }

        await ResumeAsync(inForce, cancellationToken).ConfigureAwait(false);
        await TakeWindowsAsync(cancellationToken).ConfigureAwait(false);
        PlanDocument? begun = IsDue(inForce?.Plan) ? await PlanAsync(inForce, cancellationToken).ConfigureAwait(false) : null;
        metrics.Looked(_seen);
        return begun;
    }

    /// <summary>A new box or policy begins anew, with the windows that are kept.</summary>
    private bool TryPrepare(PlanningBox box, IPolicy current)
    {
        if (_maker?.Policy == current.Name && ReferenceEquals(_box, box))
        {
            return true;
        }

        if (ReferenceEquals(_refused, current) && ReferenceEquals(_box, box))
        {
            return false;
        }

        _box = box;
        _maker = null;
        try
        {
            _maker = new PlanMaker(current, box);
            _seen = 0;
            return true;
        }
        catch (SchedulingException exception)
        {
            Refuse(current, exception);
            return false;
        }
    }

    private async ValueTask ResumeAsync(StoredPlan? inForce, CancellationToken cancellationToken)
    {
        if (_decidedAt is null)
        {
            await rollout.ResumeAsync(inForce, cancellationToken).ConfigureAwait(false);
            _decidedAt = inForce?.Plan.WindowVersion ?? 0;
        }
    }

    private async ValueTask TakeWindowsAsync(CancellationToken cancellationToken)
    {
        LoadWindowBatch batch = await _log.ReadAfterAsync(_seen, cancellationToken).ConfigureAwait(false);
        foreach (LoadWindow window in batch.Windows)
        {
            if (window.Model == _maker!.Box.Model && window.Shape == _maker.Box.Shape)
            {
                _maker.Loads.Take(window);
            }

            _seen = window.Version;
        }
    }

    /// <summary>
    /// Every few windows; and at once when there is no plan, or the one in force was made for other devices or by another policy. A plan
    /// that was begun gets as long as a round to come into force.
    /// </summary>
    private bool IsDue(PlanDocument? inForce)
    {
        if (_seen - _decidedAt >= options.Value.WindowsPerPlan)
        {
            return true;
        }

        bool fits = inForce is not null
            && inForce.Policy == _maker!.Policy
            && inForce.Devices.SequenceEqual(_maker.Box.DeviceNames, StringComparer.Ordinal);
        TimeSpan round = options.Value.WindowsPerPlan * PolicyDefaults.LoadWindow;
        return !fits && (!ReferenceEquals(_decidedBy, _maker) || clock.GetElapsedTime(_decidedTime) >= round);
    }

    private async ValueTask<PlanDocument?> PlanAsync(StoredPlan? inForce, CancellationToken cancellationToken)
    {
        ForecastDocument? forecast = await ReadForecastAsync(cancellationToken).ConfigureAwait(false);
        PlanDecision decision;
        try
        {
            decision = _maker!.Decide(forecast, inForce?.Plan, clock.GetElapsedTime(_started));
        }
        catch (SchedulingException exception)
        {
            Refuse(policy.Current, exception);
            return null;
        }

        metrics.Decided(decision);
        if (inForce?.Plan.Policy == _maker.Policy && decision.IsSameAs(inForce.Plan, _maker.Box))
        {
            MarkDecided();
            return null;
        }

        PlanDocument plan = Document(decision, forecast, inForce?.Plan);
        if (!await rollout.TryStartAsync(plan, inForce, cancellationToken).ConfigureAwait(false))
        {
            LogOvertaken(plan.Version);
            return null;
        }

        MarkDecided();
        metrics.Planned(plan, inForce?.Plan);
        LogPlanned(plan.Version, plan.Policy, plan.Layers.Sum(layer => layer.Replicas.Count / PlanLayer.Numbers), plan.Devices.Count);
        return plan;
    }

    /// <summary>The newest forecast, if it is about this model and not older than the last plan.</summary>
    private async ValueTask<ForecastDocument?> ReadForecastAsync(CancellationToken cancellationToken)
    {
        try
        {
            ForecastDocument? forecast = await _forecasts.ReadAsync(cancellationToken).ConfigureAwait(false);
            PlanningBox box = _maker!.Box;
            bool isFresh = forecast is not null && forecast.Model == box.Model && forecast.Shape == box.Shape
                && forecast.WindowVersion > _seen - options.Value.WindowsPerPlan;
            return isFresh ? forecast : null;
        }
        catch (DocumentException exception)
        {
            LogRefusedDocument(exception.Message);
            return null;
        }
    }

    private PlanDocument Document(PlanDecision decision, ForecastDocument? forecast, PlanDocument? inForce)
    {
        PlanningBox box = _maker!.Box;
        return new PlanDocument(
            (inForce?.Version ?? 0) + 1,
            box.Model,
            _maker.Policy,
            _seen,
            forecast?.Version ?? 0,
            clock.GetUtcNow().ToUnixTimeMilliseconds(),
            (long)box.KeepAlive.TotalMilliseconds,
            box.Shape.Experts,
            box.DeviceNames,
            decision.Layers);
    }

    private void MarkDecided()
    {
        _decidedAt = _seen;
        _decidedBy = _maker;
        _decidedTime = clock.GetTimestamp();
    }

    private void Refuse(IPolicy refused, SchedulingException exception)
    {
        _refused = refused;
        _maker = null;
        LogRefusedPolicy(refused.Name, exception.Message);
    }
}
