namespace DaprMoE.Simulation;

/// <summary>
/// What a policy saw before the run: as many iterations as it reads samples, of older traffic with batches of the run's sizes.
/// </summary>
internal static class OlderTraffic
{
    public static void Observe(IRouting routing, IReadOnlyList<BatchStep> steps, int samples, LoadWindows windows)
    {
        IRouting older = routing.Older(samples);
        Batch batch = new();
        foreach ((int tokens, double iterations) in Weights(steps, samples))
        {
            batch.Fill(tokens);
            if (!older.MoveNext(batch))
            {
                return;
            }

            windows.AddOlder(older, iterations);
        }
    }

    /// <summary>
    /// Divides the samples over the sizes, at least one for each as far as they go; the iterations are those that a sample stands for.
    /// </summary>
    private static IEnumerable<(int Tokens, double Iterations)> Weights(IReadOnlyList<BatchStep> steps, int samples)
    {
        int[] counts = new int[steps.Count];
        for (int sample = 0; sample < samples; sample++)
        {
            int neediest = 0;
            for (int step = 1; step < counts.Length; step++)
            {
                neediest = Need(step) > Need(neediest) ? step : neediest;
            }

            counts[neediest]++;
        }

        return steps.SelectMany((step, index) => Enumerable.Repeat((step.Tokens, (double)step.Iterations / counts[index]), counts[index]));

        double Need(int step) => counts[step] == 0 ? double.PositiveInfinity : (double)steps[step].Iterations / counts[step];
    }
}
