using DaprMoE.Inference;
using DaprMoE.Predictors;

namespace DaprMoE.Dispatch;

/// <summary>
/// Turns each iteration of an engine into a line of recorded routing: choices, loads, and what predictors would have said before, with nothing
/// but what a server knows at that time.
/// </summary>
public sealed class RoutingObserver : IForwardObserver
{
    private readonly MoeShape _shape;
    private readonly IReadOnlyList<ILoadPredictor> _predictors;
    private readonly int _distance;
    private readonly Action<RoutingIteration> _write;
    private readonly int[][] _loads;
    private readonly int[][] _choices;
    private readonly RoutingForecast[][] _forecasts;
    private int[] _tokens = [];
    private int _promptRows;

    /// <param name="shape">The model.</param>
    /// <param name="predictors">Predictors to ask; used by the engine's thread from now on.</param>
    /// <param name="distance">MoE layers ahead that they look, 1 or more.</param>
    /// <param name="write">Takes each iteration, on the engine's thread.</param>
    public RoutingObserver(MoeShape shape, IReadOnlyList<ILoadPredictor> predictors, int distance, Action<RoutingIteration> write)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(predictors);
        ArgumentOutOfRangeException.ThrowIfLessThan(distance, 1);
        _shape = shape;
        _predictors = predictors;
        _distance = distance;
        _write = write;
        _loads = new int[shape.Layers.Count][];
        _choices = new int[shape.Layers.Count][];
        _forecasts = [.. predictors.Select(_ => new RoutingForecast[shape.Layers.Count])];
    }

    /// <inheritdoc/>
    public void BeforeLayers(in ForwardRows rows)
    {
        _tokens = rows.Tokens.ToArray();
        _promptRows = 0;
        foreach (ForwardRun run in rows.Runs)
        {
            _promptRows += run.PromptRows;
        }

        // No gate has been seen yet that is far enough ahead of the first layers.
        for (int index = 0; index < Math.Min(_distance, _shape.Layers.Count); index++)
        {
            Forecast(index, source: 0, gateInput: []);
        }
    }

    /// <inheritdoc/>
    public void BeforeGate(int layer, ReadOnlySpan<float> gateInput)
    {
        int target = _shape.IndexOf(layer) + _distance;
        if (target < _shape.Layers.Count)
        {
            Forecast(target, layer, gateInput);
        }
    }

    /// <inheritdoc/>
    public void AfterGate(int layer, ReadOnlySpan<float> routerLogits, ReadOnlySpan<int> experts, ReadOnlySpan<float> weights)
    {
        int index = _shape.IndexOf(layer);
        int[] loads = new int[_shape.Layers[index].Experts];
        foreach (int expert in experts)
        {
            loads[expert]++;
        }

        _loads[index] = loads;
        _choices[index] = experts.ToArray();
        foreach (ILoadPredictor predictor in _predictors)
        {
            predictor.Observe(layer, loads);
        }

        if (index == _shape.Layers.Count - 1)
        {
            _write(Iteration());
        }
    }

    private void Forecast(int index, int source, ReadOnlySpan<float> gateInput)
    {
        MoeLayerShape layer = _shape.Layers[index];
        for (int i = 0; i < _predictors.Count; i++)
        {
            float[] loads = new float[layer.Experts];
            ForecastInput input = new()
            {
                Layer = layer.Layer,
                Source = source,
                Rows = _tokens.Length,
                GateInput = gateInput,
                Tokens = _tokens,
            };
            _forecasts[i][index] = new RoutingForecast(_predictors[i].Forecast(input, loads), loads);
        }
    }

    private RoutingIteration Iteration()
    {
        Dictionary<string, IReadOnlyList<RoutingForecast>> forecasts = [];
        for (int i = 0; i < _predictors.Count; i++)
        {
            forecasts[_predictors[i].Name] = [.. _forecasts[i]];
        }

        return new RoutingIteration(_tokens.Length, _promptRows, [.. _loads], [.. _choices], forecasts);
    }
}
