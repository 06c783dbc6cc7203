using DaprMoE.Gateway;
using DaprMoE.Inference;
using DaprMoE.Text;

namespace DaprMoE.LoadPredictor.Benchmarks;

/// <summary>Runs each different prompt of a model's <c>prompts/</c> once, with a greedy answer, and keeps the routing.</summary>
internal static class RoutingRecorder
{
    /// <summary>Most tokens of an answer.</summary>
    private const int LongestAnswer = 48;

    private const int LongestSequence = 1024;

    public static IReadOnlyList<RoutedRequest> Record(string model, TextWriter log)
    {
        Tokenizer tokenizer = Tokenizer.Load(model);
        ChatTemplate template = ChatTemplate.Load(model, TimeProvider.System)!;
        using LocalEngine engine = LocalEngine.Open(model, new LocalEngineOptions { ContextLength = LongestSequence });
        RoutingObserver observer = new();
        using SequenceEvaluator evaluator = new(engine.Parts(observer), LongestSequence, chunk: 256);
        List<RoutedRequest> requests = [];
        HashSet<string> seen = [];
        foreach (string path in Directory.GetFiles(Path.Combine(model, "prompts"), "*.jsonl").Order(StringComparer.Ordinal))
        {
            PromptFile file = PromptFile.Read(path, tokenizer, template);
            foreach ((string topic, int[] tokens) in file.Prompts)
            {
                // A stream keeps its repetitions: they are part of the mix.
                if (seen.Add(string.Join(' ', tokens)) || file.Name.EndsWith("shift", StringComparison.Ordinal))
                {
                    requests.Add(Run(evaluator, observer, topic, file.Name, tokens, engine.Model.Description.EndTokens));
                }
            }

            log.WriteLine($"{file.Name}: {requests.Count} requests");
        }

        return requests;
    }

    private static RoutedRequest Run(
        SequenceEvaluator evaluator, RoutingObserver observer, string topic, string file, int[] prompt, IReadOnlyList<int> ends)
    {
        evaluator.Reset();
        List<int> tokens = [.. prompt];
        int next = Largest(evaluator.Evaluate(prompt), prompt.Length);
        for (int answer = 0; answer < LongestAnswer && !ends.Contains(next); answer++)
        {
            tokens.Add(next);
            next = Largest(evaluator.Evaluate([next]), rows: 1);
        }

        return new RoutedRequest(topic, file, prompt.Length, [.. tokens], observer.Take());
    }

    private static int Largest(float[] logits, int rows)
    {
        ReadOnlySpan<float> last = logits.AsSpan((rows - 1) * (logits.Length / rows));
        int best = 0;
        for (int token = 1; token < last.Length; token++)
        {
            best = last[token] > last[best] ? token : best;
        }

        return best;
    }
}
