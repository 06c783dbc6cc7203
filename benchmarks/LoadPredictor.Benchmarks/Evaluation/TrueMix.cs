namespace DaprMoE.LoadPredictor.Benchmarks;

/// <summary>The ceiling: the window's true topics, each with the mean loads of its requests. No predictor knows them.</summary>
internal sealed class TrueMix
{
    private readonly Dictionary<string, float[]> _byTopic;

    public TrueMix(IReadOnlyList<RoutedRequest> pool) =>
        _byTopic = pool.GroupBy(request => request.Topic).ToDictionary(topic => topic.Key, Mean);

    /// <summary>Load accuracy over windows of so many requests.</summary>
    public double Accuracy(IReadOnlyList<RoutedRequest> stream, int size)
    {
        RoutedRequest[][] parts = [.. stream.Chunk(size).Where(part => part.Length == size)];
        return parts.Skip(OnlineRun.Warm).Average(
            part => CandidateScore.AccuracyOf(RoutedLoads.Shape, Scaled(Mixed(part)), Scaled(Sum(part))));
    }

    private static float[] Mean(IGrouping<string, RoutedRequest> requests) => [.. Sum(requests).Select(load => load / requests.Count())];

    private static float[] Sum(IEnumerable<RoutedRequest> requests)
    {
        float[] loads = new float[RoutedLoads.Shape.Count];
        foreach (RoutedRequest request in requests)
        {
            RoutedLoads.Count(request, 0, request.Tokens.Length, loads);
        }

        return loads;
    }

    private static float[] Scaled(float[] loads)
    {
        LayerSums.Normalise(RoutedLoads.Shape, loads);
        return loads;
    }

    private float[] Mixed(RoutedRequest[] requests)
    {
        float[] loads = new float[RoutedLoads.Shape.Count];
        foreach (RoutedRequest request in requests)
        {
            float[] topic = _byTopic[request.Topic];
            for (int i = 0; i < loads.Length; i++)
            {
                loads[i] += topic[i];
            }
        }

        return loads;
    }
}
