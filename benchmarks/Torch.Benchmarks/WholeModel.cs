using DaprMoE.Dispatch;
using DaprMoE.Embedded;
using DaprMoE.Experts;
using DaprMoE.Inference;
using DaprMoE.Models;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Torch.Benchmarks;

/// <summary>An engine over one device without a budget, as a server composes it.</summary>
internal sealed class WholeModel : IDisposable
{
    private const int PromptTokens = 512;
    private const int DecodedTokens = 32;

    private readonly Stack<IDisposable> _parts = [];
    private readonly GenerationEngine _engine;

    /// <param name="model">The model.</param>
    /// <param name="workers">The threads.</param>
    /// <param name="backends">Makes the device's backend for so many assignments; owned.</param>
    public WholeModel(PackedModel model, WorkerPool workers, Func<int, IExpertBackendFactory> backends)
    {
        MoeFeedForward shape = (MoeFeedForward)model.Description.Layers[0];
        DispatchLimits limits = new(PromptTokens, shape.TopK, shape.Experts, model.Description.HiddenSize);
        ExpertHost host = Keep(ExpertHost.Create(
            model.Description, new ExpertHostOptions(), backends(limits.MaxRows * limits.MaxTopK), TimeProvider.System));
        Routes routes = new(RoutingTable.Static([.. model.Description.Layers.Select(_ => shape.Experts)], devices: 1));
        MoeDispatcher dispatcher = Keep(new MoeDispatcher(new InProcessTransport(host), routes, workers, VectorWidths.Best, limits));
        EngineOptions options = new() { ContextLength = PromptTokens + DecodedTokens + 1, KvTokens = PromptTokens + DecodedTokens + 1 };
        _engine = Keep(new GenerationEngine(
            new ForwardPassParts(model, dispatcher, workers, VectorWidths.Best, Observer: null), options, TimeProvider.System));
    }

    /// <summary>Tokens per second of a prompt, and of the tokens generated after it.</summary>
    public async Task<(double Prefill, double Decode)> RunAsync()
    {
        using Generation generation = _engine.Start(new GenerationRequest
        {
            Prompt = [.. Enumerable.Range(0, PromptTokens).Select(i => (i * 37) % 8000)],
            MaxTokens = DecodedTokens,
        });
        int tokens = 0;
        await foreach (GenerationStep step in generation.ReadAllAsync(CancellationToken.None))
        {
            tokens += step.Finish is null ? 1 : 0;
        }

        return (PromptTokens / generation.Timings.Prefill.TotalSeconds, (tokens - 1) / generation.Timings.Decode.TotalSeconds);
    }

    public void Dispose()
    {
        while (_parts.TryPop(out IDisposable? part))
        {
            part.Dispose();
        }
    }

    private T Keep<T>(T part)
        where T : IDisposable
    {
        _parts.Push(part);
        return part;
    }
}
