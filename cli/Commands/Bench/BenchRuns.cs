using DaprMoE.Gateway;
using DaprMoE.Inference;
using DaprMoE.Tensors;

namespace DaprMoE.Cli;

/// <summary>The runs that <c>bench</c> times, on an engine of its own. Prompts are the same in each run; prefixes are not reused.</summary>
internal sealed class BenchRuns : IDisposable
{
    private readonly LocalEngine _local;
    private readonly GenerationEngine _engine;
    private readonly StepClock _clock;
    private readonly BenchSettings _settings;

    public BenchRuns(
        string folder,
        BenchSettings settings,
        TimeProvider clock,
        IProgress<Models.PackProgress>? progress,
        CancellationToken cancellationToken)
    {
        _settings = settings;
        _clock = new StepClock(settings.Tokens);
        _local = LocalEngine.Open(folder, new LocalEngineOptions
        {
            Threads = settings.Threads,
            ContextLength = settings.ContextLength,
            MaxRunning = settings.Batch,
            TokenBudget = settings.Prompt,
        }, progress, cancellationToken);
        _engine = _local.Start(clock, _clock);
        Work = new StepWork(_local.Model);
    }

    public LocalEngine Local => _local;

    public StepWork Work { get; }

    /// <summary>The engine's threads; free while no run is going on.</summary>
    public WorkerPool Workers => _local.Workers;

    /// <summary>Computes one prompt and returns the seconds until its first token.</summary>
    public double Prefill()
    {
        GenerationTimings timings = Run(_settings.Prompt, tokens: 1, sequences: 1)[0];
        return (timings.Queued + timings.Prefill).TotalSeconds;
    }

    /// <summary>Decodes one sequence and returns the seconds of each step.</summary>
    public double[] Decode()
    {
        _clock.Clear();
        Run(BenchSettings.DecodePrompt, _settings.Tokens, sequences: 1);
        return _clock.Intervals();
    }

    /// <summary>Decodes a whole batch and returns its tokens per second.</summary>
    public double DecodeBatch()
    {
        GenerationTimings[] timings = Run(BenchSettings.DecodePrompt, _settings.Tokens, _settings.Batch);
        return _settings.Batch * (_settings.Tokens - 1) / timings.Max(timing => timing.Decode.TotalSeconds);
    }

    /// <summary>Managed bytes that one step of a running sequence allocates, on average over one run.</summary>
    public double AllocatedPerStep()
    {
        EngineSnapshot before = _engine.Snapshot();
        Run(BenchSettings.DecodePrompt, _settings.Tokens, sequences: 1);
        EngineSnapshot after = _engine.Snapshot();
        return (after.AllocatedBytes - before.AllocatedBytes) / (double)(after.Iterations - before.Iterations);
    }

    public void Dispose() => _local.Dispose();

    private GenerationTimings[] Run(int prompt, int tokens, int sequences)
    {
        int vocabulary = _local.Model.Description.VocabularySize;
        Generation[] running = [.. Enumerable.Range(0, sequences).Select(sequence => _engine.Start(new GenerationRequest
        {
            Prompt = [.. Enumerable.Range(0, prompt).Select(i => (int)((((uint)i * 2654435761u) + ((uint)sequence * 40503u)) % (uint)vocabulary))],
            MaxTokens = tokens,
        }))];
        foreach (Generation generation in running)
        {
            ReadToEndAsync(generation).GetAwaiter().GetResult();
        }

        return [.. running.Select(generation => generation.Timings)];
    }

    private static async Task ReadToEndAsync(Generation generation)
    {
        await foreach (GenerationStep step in generation.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            if (step.Finish is FinishReason.Error)
            {
                throw new InvalidOperationException("The engine failed while it was measured.", generation.Error);
            }
        }
    }
}
