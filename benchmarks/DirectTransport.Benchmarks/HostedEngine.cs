using DaprMoE.Dispatch;
using DaprMoE.Inference;
using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.DirectTransport.Benchmarks;

/// <summary>An engine whose experts are on expert hosts.</summary>
internal sealed class HostedEngine : IDisposable
{
    private readonly WorkerPool _workers;
    private readonly MoeDispatcher _dispatcher;

    public HostedEngine(PackedModel model, ExpertHosts hosts, int threads, int context, int tokenBudget)
    {
        _workers = new WorkerPool(threads);
        List<MoeFeedForward> layers = [.. model.Description.Layers.OfType<MoeFeedForward>()];
        DispatchLimits limits = new(tokenBudget, layers.Max(moe => moe.TopK), layers.Max(moe => moe.Experts), model.Description.HiddenSize);
        _dispatcher = new MoeDispatcher(hosts.Transport, hosts.Routes, _workers, VectorWidths.Best, limits);
        EngineOptions options = new() { ContextLength = context, MaxRunning = 8, MaxQueued = 64, TokenBudget = tokenBudget, KvTokens = 8 * context };
        Engine = new GenerationEngine(new ForwardPassParts(model, _dispatcher, _workers, VectorWidths.Best, null), options, TimeProvider.System);
    }

    public GenerationEngine Engine { get; }

    /// <summary>Generates, and tells of each token.</summary>
    public async Task<int> RunAsync(int promptTokens, int tokens, int vocabulary, Action step)
    {
        GenerationRequest request = new()
        {
            Prompt = [.. Enumerable.Range(0, promptTokens).Select(i => (int)((uint)i * 2654435761u % (uint)vocabulary))],
            MaxTokens = tokens,
            Sampling = new SamplingOptions(),
        };
        Generation generation = Engine.Start(request);
        int count = 0;
        await foreach (GenerationStep one in generation.ReadAllAsync(CancellationToken.None))
        {
            step();
            count += one.Finish is null ? 1 : 0;
        }

        return generation.Error is { } error ? throw error : count;
    }

    public void Dispose()
    {
        Engine.Dispose();
        _dispatcher.Dispose();
        _workers.Dispose();
    }
}
