using DaprMoE.Scheduling;

namespace DaprMoE.Simulation;

/// <summary>Asks the policy for the plans of the layers, and counts its reasons.</summary>
internal sealed class PlanMaker
{
    private readonly IPolicy _policy;
    private readonly PolicyState _state;
    private readonly LoadForecast _forecaster;
    private readonly FirstLayers _firstLayers;
    private readonly LoadWindows _windows;
    private readonly IRouting? _recorded;
    private readonly LayerPlan[] _plans;
    private readonly double[] _forecast;
    private readonly int[] _slots;
    private readonly long[] _reasons = new long[Enum.GetValues<PlanReason>().Length];

    public PlanMaker(IPolicy policy, Cell cell, LoadWindows windows, IRouting routing)
    {
        _recorded = cell.Settings.Recording?.Forecast is null ? null : routing;
        _policy = policy;
        _state = policy.CreateState(cell.Setup);
        _windows = windows;
        _forecaster = new LoadForecast(
            cell.Settings.ForecastAccuracy, cell.Shape.Experts, Xoshiro256.ForStream(cell.Settings.Seed, RandomStream.Forecast));
        _firstLayers = new FirstLayers(cell.FirstLayers, cell.Shape.Experts);
        _plans = [.. Enumerable.Range(0, cell.Shape.Layers).Select(_ => new LayerPlan(cell.Shape.Experts, cell.Testbed.Devices))];
        _forecast = new double[cell.Shape.Experts];
        _slots = new int[cell.Testbed.Devices];
    }

    /// <summary>How often each reason was given.</summary>
    public Dictionary<string, long> Reasons => Enum.GetValues<PlanReason>()
        .Where(reason => _reasons[(int)reason] > 0)
        .ToDictionary(reason => reason.Name(), reason => _reasons[(int)reason]);

    /// <summary>The last plan of a layer.</summary>
    public LayerPlan Of(int layer) => _plans[layer];

    /// <summary>Plans a layer before any traffic.</summary>
    public LayerPlan First(int layer, ReplicaMemory memory) => Decide(layer, memory, [], now: 0);

    /// <summary>The fast loop: plans a layer whose coming loads are forecast, if the policy plans from forecasts.</summary>
    public void Next(int layer, ReplicaMemory memory, ReadOnlySpan<int> loads, double now)
    {
        if (_policy.Traits.UsesForecast)
        {
            Decide(layer, memory, Forecast(layer, loads), now);
        }
    }

    /// <summary>The slow loop: plans a layer from the windows of load, if the policy does not plan from forecasts.</summary>
    public void Renew(int layer, ReplicaMemory memory, double now)
    {
        if (!_policy.Traits.UsesForecast)
        {
            Decide(layer, memory, [], now);
        }
    }

    private ReadOnlySpan<double> Forecast(int layer, ReadOnlySpan<int> loads)
    {
        if (_recorded is { } recorded)
        {
            ReadOnlySpan<float> expected = recorded.Forecast(layer);
            for (int expert = 0; expert < expected.Length; expert++)
            {
                _forecast[expert] = expected[expert];
            }

            return _forecast;
        }

        if (_firstLayers.Has(layer))
        {
            return _firstLayers.TryForecast(layer, loads, _forecast) ? _forecast : [];
        }

        _forecaster.Write(loads, _forecast);
        return _forecast;
    }

    private LayerPlan Decide(int layer, ReplicaMemory memory, ReadOnlySpan<double> forecast, double now)
    {
        memory.Slots(layer, _slots);
        PolicyInput input = new()
        {
            Layer = layer,
            Forecast = forecast,
            History = _policy.Traits.HistorySamples > 0 ? _windows.Of(layer) : null,
            Slots = _slots,
            Previous = memory.Of(layer).Alive,
        };
        PlanReason reason = _policy.Decide(_state, input, TimeSpan.FromSeconds(now), _plans[layer]);
        _reasons[(int)reason]++;
        return _plans[layer];
    }
}
