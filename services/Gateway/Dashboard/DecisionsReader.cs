using System.Globalization;
using DaprMoE.Dashboard;
using DaprMoE.Ports;

namespace DaprMoE.Gateway;

/// <summary>Reads what both loops foresaw and decided for the dashboard.</summary>
internal sealed class DecisionsReader
{
    private const string NothingYet = "the first comes with the first tokens. Ask something in the chat.";

    private readonly ServedModel _model;
    private readonly CurrentPlan _plan;
    private readonly RecentDecisions _recent;

    /// <summary>Begins to listen.</summary>
    public DecisionsReader(ServedModel model, CurrentPlan plan)
    {
        (_model, _plan) = (model, plan);
        _recent = new RecentDecisions(model.ExpertsPerLayer);
        model.Events.Watch(_recent);
    }

    /// <summary>The forecasts beside what came.</summary>
    public Part<ForecastView> Forecast() => _recent.Forecasts() is { Count: > 0 } layers
        ? Part.Of(new ForecastView(layers))
        : Part.Missing<ForecastView>("No forecast yet: " + NothingYet);

    /// <summary>The plan and the decisions, layer by layer.</summary>
    public Part<PlanSummary> Plan()
    {
        PlanDocument? plan = _model.Layout is null ? null : _plan.Current;
        List<LayerPlanSummary> layers = [.. Layers().Select((layer, index) => Layer(layer, plan?.Layers[index]))];
        return plan is null && layers.TrueForAll(layer => layer.Live is null)
            ? Part.Missing<PlanSummary>("No plan yet: " + NothingYet)
            : Part.Of(new PlanSummary(
                plan?.Version ?? 0, plan?.Policy, plan is null ? null : TimeSpan.FromMilliseconds(plan.KeepAliveMilliseconds), layers));
    }

    private IEnumerable<int> Layers() =>
        Enumerable.Range(0, _model.ExpertsPerLayer.Count).Where(layer => _model.ExpertsPerLayer[layer] > 0);

    private LayerPlanSummary Layer(int layer, PlanLayer? planned) => new(
        layer, planned?.Replicas.Count / PlanLayer.Numbers, planned?.Reason, planned is null ? "" : Copied(planned), _recent.Decision(layer));

    private static string Copied(PlanLayer planned) => string.Join(", ", planned.Replicas.Chunk(PlanLayer.Numbers)
        .CountBy(replica => replica[0])
        .Where(expert => expert.Value > 1)
        .Select(expert => string.Create(CultureInfo.InvariantCulture, $"E{expert.Key} ×{expert.Value}")));
}
