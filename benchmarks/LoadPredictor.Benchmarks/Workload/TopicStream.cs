namespace DaprMoE.LoadPredictor.Benchmarks;

/// <summary>
/// Requests whose topic mix shifts as in <c>prompts-shift.jsonl</c>: about three topics at a time, which give way to others over a short
/// while, again and again.
/// </summary>
internal static class TopicStream
{
    private const int TopicsAtATime = 3;
    private const int PromptsOfAMix = 170;
    private const int PromptsOfAChange = 40;

    public static IReadOnlyList<RoutedRequest> Draw(IReadOnlyList<RoutedRequest> pool, int count, int seed)
    {
        Random random = new(seed);
        ILookup<string, RoutedRequest> byTopic = pool.ToLookup(request => request.Topic);
        string[] topics = [.. byTopic.Select(topic => topic.Key).Order(StringComparer.Ordinal)];
        List<RoutedRequest> stream = [];
        Dictionary<string, double> from = Mix(topics, random);
        while (stream.Count < count)
        {
            Dictionary<string, double> to = Mix(topics, random);
            for (int i = 0; i < PromptsOfAMix && stream.Count < count; i++)
            {
                double changed = Math.Clamp((i - (PromptsOfAMix - PromptsOfAChange)) / (double)PromptsOfAChange, 0, 1);
                string topic = Pick(random.NextDouble() < changed ? to : from, random);
                stream.Add(byTopic[topic].ElementAt(random.Next(byTopic[topic].Count())));
            }

            from = to;
        }

        return stream;
    }

    private static Dictionary<string, double> Mix(string[] topics, Random random)
    {
        string[] chosen = [.. topics.OrderBy(_ => random.Next()).Take(TopicsAtATime)];
        double[] weights = [.. chosen.Select(_ => 0.3 + random.NextDouble())];
        return chosen.Zip(weights).ToDictionary(pair => pair.First, pair => pair.Second / weights.Sum());
    }

    private static string Pick(Dictionary<string, double> mix, Random random)
    {
        double left = random.NextDouble();
        foreach ((string topic, double weight) in mix)
        {
            left -= weight;
            if (left < 0)
            {
                return topic;
            }
        }

        return mix.Keys.Last();
    }
}
