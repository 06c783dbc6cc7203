namespace DaprMoE.Predictors;

/// <summary>
/// <c>speculative-gate</c>, <c>speculative-mlp</c> and <c>speculative</c>: a network for each pair of layers. Where no gate input is known
/// yet the token table serves; where neither is better than constants, the mean of the last 8 does.
/// </summary>
internal sealed class NetworkPredictor : ILoadPredictor
{
    private readonly MoeShape _shape;
    private readonly LayerHistories _histories;
    private readonly TableForecaster? _table;
    private readonly NetworkForecaster _forecaster;
    private readonly ServingNetwork?[,] _networks;
    private readonly ChosenNetwork?[,] _chosen;

    /// <param name="name">Its name.</param>
    /// <param name="setup">What it runs on.</param>
    /// <param name="choose">Gives the network of a pair; null: there is none.</param>
    public NetworkPredictor(string name, LoadPredictorSetup setup, Func<LayerPair, ChosenNetwork?> choose)
    {
        Name = name;
        _shape = setup.Shape;
        _histories = new LayerHistories(_shape);
        _table = setup.Trained is { } trained ? new TableForecaster(_shape, trained.Table) : null;
        int layers = _shape.Layers.Count;
        _networks = new ServingNetwork?[layers, layers];
        _chosen = new ChosenNetwork?[layers, layers];
        int widest = _shape.HiddenSize;
        foreach (LayerPair pair in LayerPair.All(layers, setup.Distances))
        {
            if (choose(pair) is { } chosen)
            {
                ServingNetwork network = new(chosen.Network, setup.MaxRows);
                widest = Math.Max(widest, network.WidestRow);
                _networks[pair.Source, pair.Target] = network;
                _chosen[pair.Source, pair.Target] = chosen;
            }
        }

        _forecaster = new NetworkForecaster(_shape, setup.Workers, setup.MaxRows, widest);
    }

    public string Name { get; }

    public ForecastBasis Forecast(in ForecastInput input, Span<float> loads)
    {
        int index = _histories.IndexOf(input.Layer);
        int source = input.GateInput.IsEmpty ? -1 : _histories.IndexOf(input.Source);
        if (source >= 0 && _networks[source, index] is { } network)
        {
            ChosenNetwork chosen = _chosen[source, index]!;
            _forecaster.Forecast(network, chosen.Form, _shape.Layers[index].TopK, input, loads);
            return chosen.Basis;
        }

        if (_table is not null && source < 0 && !input.Tokens.IsEmpty && _table.BeatsConstants(index))
        {
            _table.Forecast(index, input, loads);
            return ForecastBasis.TokenTable;
        }

        return _histories.Forecast(input, LayerHistories.Window, loads);
    }

    public void Observe(int layer, ReadOnlySpan<int> loads) => _histories.Observe(layer, loads);

    public void Dispose()
    {
        foreach (ServingNetwork? network in _networks)
        {
            network?.Dispose();
        }

        _forecaster.Dispose();
    }
}
