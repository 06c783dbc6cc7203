using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor.Benchmarks;

/// <summary>
/// Windows of so many iterations of a continuously filled batch: a request that is done leaves, the next one in the queue comes in with its
/// whole prompt. When a window closes, the prompts in the queue and the tokens of the running requests so far are known.
/// </summary>
internal sealed class BatchWindows(IReadOnlyList<RoutedRequest> stream, int running, int queued, TokenTable table)
{
    private readonly List<(RoutedRequest Request, int Done)> _batch = [];
    private int _next;

    public IReadOnlyList<LoadWindow> Cut(int windows, int iterations) =>
        [.. Enumerable.Range(0, windows).Select(number => Window(number, iterations))];

    private LoadWindow Window(int number, int iterations)
    {
        float[] loads = new float[RoutedLoads.Shape.Count];
        int prompts = 0;
        int decodes = 0;
        for (int i = 0; i < iterations; i++)
        {
            decodes += Decode(loads);
            prompts += Admit(loads);
        }

        return RoutedLoads.Window(number, loads, prompts, decodes, Expect(prompts));
    }

    private int Decode(float[] loads)
    {
        int decodes = _batch.Count;
        for (int i = 0; i < _batch.Count; i++)
        {
            (RoutedRequest request, int done) = _batch[i];
            RoutedLoads.Count(request, done, done + 1, loads);
            _batch[i] = (request, done + 1);
        }

        _batch.RemoveAll(one => one.Done == one.Request.Tokens.Length);
        return decodes;
    }

    private int Admit(float[] loads)
    {
        int prompts = 0;
        while (_batch.Count < running)
        {
            RoutedRequest request = stream[_next++ % stream.Count];
            RoutedLoads.Count(request, 0, request.PromptTokens, loads);
            prompts += request.PromptTokens;
            if (request.Tokens.Length > request.PromptTokens)
            {
                _batch.Add((request, request.PromptTokens));
            }
        }

        return prompts;
    }

    private float[] Expect(int promptTokens)
    {
        ExpectedLoads expected = new(RoutedLoads.Shape, table, promptTokens);
        foreach ((RoutedRequest request, int done) in _batch)
        {
            expected.AddRunning(request.Tokens.AsSpan(0, done));
        }

        for (int i = 0; i < queued; i++)
        {
            RoutedRequest waiting = stream[(_next + i) % stream.Count];
            expected.TryAddQueued(waiting.Tokens.AsSpan(0, waiting.PromptTokens));
        }

        return expected.ToArray();
    }
}
