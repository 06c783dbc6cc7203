using DaprMoE.Gateway;
using DaprMoE.Inference;
using DaprMoE.Models;

namespace DaprMoE.Cli;

/// <summary>Compares a checkpoint with its golden values.</summary>
internal sealed class CheckpointVerification(string folder, GoldenFile golden, GoldenTensors expected, TimeProvider clock)
{
    private readonly ForwardRecorder _seen = new();
    private int _vocabulary;

    /// <summary>All checks, in the order in which a fault is found.</summary>
    public async Task<IReadOnlyList<Check>> RunAsync(CancellationToken cancellationToken)
    {
        List<Check> checks = [];
        checks.AddRange(Alone(cancellationToken));
        checks.AddRange(await TogetherAsync(cancellationToken));
        return checks;
    }

    /// <summary>Each prompt on its own, seen from inside.</summary>
    private List<Check> Alone(CancellationToken cancellationToken)
    {
        int longest = Math.Max(golden.Prompt("p70").Length, golden.Prompt("p17").Length + golden.Greedy.Tokens.Length);
        LocalEngineOptions options = new() { ContextLength = longest, TokenBudget = longest };
        using LocalEngine local = LocalEngine.Open(folder, options, progress: null, cancellationToken);
        using SequenceEvaluator evaluator = new(local.Parts(_seen), longest, chunk: longest);
        ModelDescription model = local.Model.Description;
        _vocabulary = model.VocabularySize;
        return [.. Prefill(evaluator, model.Layers.Count), .. Decode(evaluator)];
    }

    private IEnumerable<Check> Prefill(SequenceEvaluator evaluator, int layers)
    {
        float[] p17 = Evaluate(evaluator, "p17");
        foreach (Check check in new InsideChecks(golden, expected, _seen).Run(layers))
        {
            yield return check;
        }

        yield return Logits("logits_p1", Evaluate(evaluator, "p1"));
        yield return Logits("logits_p17", p17);
        float[] p70 = Evaluate(evaluator, "p70");
        yield return Logits("logits_p70_last4", p70[^(4 * _vocabulary)..]);
    }

    private Check Logits(string name, float[] actual) => Check.OfNumbers(name, actual, expected.Floats(name), golden.Tolerance("logits"));

    private float[] Evaluate(SequenceEvaluator evaluator, string prompt)
    {
        _seen.Clear();
        evaluator.Reset();
        return evaluator.Evaluate(golden.Prompt(prompt));
    }

    /// <summary>Continues p17 one token at a time.</summary>
    private IEnumerable<Check> Decode(SequenceEvaluator evaluator)
    {
        float[] last = Evaluate(evaluator, "p17")[^_vocabulary..];
        List<float> logits = [];
        List<int> tokens = [];
        while (true)
        {
            logits.AddRange(last);
            tokens.Add(IndexOfLargest(last));
            if (tokens.Count == golden.Greedy.Tokens.Length)
            {
                break;
            }

            last = evaluator.Evaluate([tokens[^1]]);
        }

        yield return Check.OfIds("greedy_tokens", tokens.ToArray(), golden.Greedy.Tokens);
        yield return Check.OfNumbers("greedy_logits", logits.ToArray(), expected.Floats("greedy_logits"), golden.Tolerance("greedy_logits"));
    }

    /// <summary>Continues all prompts of the batch in one engine at the same time.</summary>
    private async Task<IReadOnlyList<Check>> TogetherAsync(CancellationToken cancellationToken)
    {
        int longest = golden.Batch.Max(sequence => sequence.Prompt.Length + sequence.Tokens.Length);
        LocalEngineOptions options = new() { ContextLength = longest, MaxRunning = golden.Batch.Count };
        using LocalEngine local = LocalEngine.Open(folder, options, progress: null, cancellationToken);
        GenerationEngine engine = local.Start(clock);
        List<Generation> started = golden.Batch
            .Select(sequence => engine.Start(new GenerationRequest { Prompt = sequence.Prompt, MaxTokens = sequence.Tokens.Length }))
            .ToList();
        List<Check> checks = [];
        for (int i = 0; i < started.Count; i++)
        {
            using Generation generation = started[i];
            checks.Add(Check.OfIds($"batch.{i}", await ReadAsync(generation, cancellationToken), golden.Batch[i].Tokens));
        }

        return checks;
    }

    private static async Task<int[]> ReadAsync(Generation generation, CancellationToken cancellationToken)
    {
        List<int> tokens = [];
        await foreach (GenerationStep step in generation.ReadAllAsync(cancellationToken))
        {
            if (step.Finish is null)
            {
                tokens.Add(step.Token);
            }
        }

        return [.. tokens];
    }

    private static int IndexOfLargest(ReadOnlySpan<float> logits)
    {
        int best = 0;
        for (int i = 1; i < logits.Length; i++)
        {
            if (logits[i] > logits[best])
            {
                best = i;
            }
        }

        return best;
    }
}
