namespace DaprMoE.Simulation;

/// <summary>Routing that was recorded; its iterations bring their own number of tokens.</summary>
internal sealed class RecordedRouting : IRouting
{
    private readonly IReadOnlyList<RecordedIteration> _iterations;
    private readonly RoutingSettings _settings;
    private readonly int _end;
    private int _at;

    private RecordedRouting(IReadOnlyList<RecordedIteration> iterations, RoutingSettings settings, int first, int end)
    {
        _iterations = iterations;
        _settings = settings;
        _at = first - 1;
        _end = end;
    }

    public int Layers => _settings.Layers;

    public int Experts => _settings.Experts;

    public int TopK => _settings.TopK;

    /// <summary>Plays a recording.</summary>
    /// <exception cref="SimulationException">It is of another number of experts, of too few layers or iterations.</exception>
    public static RecordedRouting Of(ReplayedRouting recording, RoutingSettings settings)
    {
        (string path, IReadOnlyList<RecordedIteration> iterations) = (recording.Path, recording.Iterations);
        int layers = iterations[0].Loads.Length;
        int experts = iterations[0].Loads[0].Length;
        if (experts != settings.Experts)
        {
            throw new SimulationException(
                $"{path} records {experts} experts per layer, the model's shape has {settings.Experts}; choose the recorded shape.");
        }

        if (layers < settings.Layers)
        {
            throw new SimulationException(
                $"{path} records {layers} layers, {settings.Layers} are to be simulated; ask for at most {layers}.");
        }

        if (iterations.Count <= settings.HistoryIterations)
        {
            throw new SimulationException(
                $"{path} records {iterations.Count} iterations, of which {settings.HistoryIterations} are history; "
                + "record more, or ask for a shorter history.");
        }

        return new RecordedRouting(iterations, settings with { Layers = layers }, settings.HistoryIterations, iterations.Count);
    }

    public bool MoveNext(Batch batch)
    {
        if (_at + 1 >= _end)
        {
            return false;
        }

        _at++;
        RecordedIteration iteration = _iterations[_at];
        long tokens = iteration.Loads[0].Sum(load => (long)load) / TopK;
        batch.Clear();
        batch.AddDecodeTokens((int)Math.Max(0, tokens - iteration.PromptTokens));
        if (iteration.PromptTokens > 0)
        {
            batch.AddPrompt((int)Math.Min(tokens, iteration.PromptTokens));
        }

        return true;
    }

    public ReadOnlySpan<int> Loads(int layer) => _iterations[_at].Loads[layer];

    public ReadOnlySpan<float> Forecast(int layer) => _iterations[_at].Forecasts is { } forecasts ? forecasts[layer] : [];

    public IRouting Older(int iterations) => new RecordedRouting(
        _iterations, _settings, Math.Max(0, _settings.HistoryIterations - iterations), _settings.HistoryIterations);
}
