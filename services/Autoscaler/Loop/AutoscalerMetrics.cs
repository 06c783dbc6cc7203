using System.Diagnostics.Metrics;
using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Autoscaler;

/// <summary>The autoscaler's instruments.</summary>
internal sealed class AutoscalerMetrics : IDisposable
{
    public const string MeterName = "DaprMoE.Autoscaler";

    private const string Prefix = "daprmoe_autoscaler_";

    private readonly Meter _meter;
    private readonly Counter<long> _decisions;
    private readonly Counter<long> _plans;
    private readonly Counter<long> _migrations;
    private readonly Gauge<long> _replicas;
    private readonly Gauge<long> _version;
    private readonly Gauge<long> _windowVersion;

    public AutoscalerMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(MeterName);
        _decisions = _meter.CreateCounter<long>(Prefix + "decisions_total", description: "Decisions about a layer, by reason.");
        _plans = _meter.CreateCounter<long>(Prefix + "plans_total", description: "Plans whose rollout was begun, by policy.");
        _migrations = _meter.CreateCounter<long>(Prefix + "migrations_total", description: "Replicas that plans moved to another device.");
        _replicas = _meter.CreateGauge<long>(Prefix + "planned_replicas", description: "Replicas of the newest plan.");
        _version = _meter.CreateGauge<long>(Prefix + "plan_version", description: "Version of the newest plan.");
        _windowVersion = _meter.CreateGauge<long>(Prefix + "window_version", description: "Newest window of load that decisions know.");
    }

    public void Decided(PlanDecision decision)
    {
        foreach (PolicyTrace trace in decision.Traces)
        {
            _decisions.Add(1, new KeyValuePair<string, object?>("reason", trace.Reason.Name()));
        }
    }

    public void Planned(PlanDocument plan, PlanDocument? before)
    {
        _plans.Add(1, new KeyValuePair<string, object?>("policy", plan.Policy));
        _migrations.Add(PlanMigrations.Count(before, plan));
        _replicas.Record(plan.Layers.Sum(layer => layer.Replicas.Count / PlanLayer.Numbers));
        _version.Record(plan.Version);
    }

    public void Looked(long windowVersion) => _windowVersion.Record(windowVersion);

    public void Dispose() => _meter.Dispose();
}
