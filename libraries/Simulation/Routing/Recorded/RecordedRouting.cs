namespace DaprMoE.Simulation;

/// <summary>Routing that was recorded; its iterations bring their own number of tokens.</summary>
internal sealed class RecordedRouting : IRouting
{
    private readonly List<int[][]> _iterations;
    private readonly RoutingSettings _settings;
    private readonly int _end;
    private int _at;

    private RecordedRouting(List<int[][]> iterations, RoutingSettings settings, int first, int end)
    {
        _iterations = iterations;
        _settings = settings;
        _at = first - 1;
        _end = end;
    }

    public int Layers => _settings.Layers;

    public int Experts => _settings.Experts;

    public int TopK => _settings.TopK;

    /// <summary>Reads a recording: <c>.csv</c> or <c>.jsonl</c>.</summary>
    /// <exception cref="SimulationException">The file is missing, malformed, or of another number of experts.</exception>
    public static RecordedRouting Read(string path, RoutingSettings settings)
    {
        List<int[][]> iterations = RoutingFile.Read(path);
        int layers = iterations[0].Length;
        int experts = iterations[0][0].Length;
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
        long assignments = _iterations[_at][0].Sum(load => (long)load);
        batch.Clear();
        batch.AddDecodeTokens((int)(assignments / TopK));
        return true;
    }

    public ReadOnlySpan<int> Loads(int layer) => _iterations[_at][layer];

    public IRouting Older(int iterations) => new RecordedRouting(
        _iterations, _settings, Math.Max(0, _settings.HistoryIterations - iterations), _settings.HistoryIterations);
}
