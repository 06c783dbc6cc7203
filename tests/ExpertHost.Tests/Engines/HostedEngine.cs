using DaprMoE.DirectTransport;
using DaprMoE.Dispatch;
using DaprMoE.Inference;
using DaprMoE.Models;
using DaprMoE.Tensors;
using Microsoft.Extensions.Logging.Abstractions;

namespace DaprMoE.ExpertHost.Tests;

/// <summary>An engine whose experts are on expert hosts.</summary>
internal sealed class HostedEngine : IAsyncDisposable
{
    public const int TokenBudget = 64;

    private readonly PackedModel _model;
    private readonly WorkerPool _workers;
    private readonly MoeDispatcher _dispatcher;
    private readonly GenerationEngine _engine;

    private HostedEngine(PackedModel model, ExpertHosts hosts, TimeSpan expertWait)
    {
        (_model, Hosts) = (model, hosts);
        _workers = new WorkerPool(1);
        ModelDescription description = model.Description;
        DispatchLimits limits = new(
            TokenBudget,
            description.Layers.Max(layer => layer is MoeFeedForward moe ? moe.TopK : 0),
            description.Layers.Max(layer => layer is MoeFeedForward moe ? moe.Experts : 0),
            description.HiddenSize);
        _dispatcher = new MoeDispatcher(hosts.Transport, hosts.Routes, _workers, VectorWidths.Best, limits, new DispatchOptions { ExpertWait = expertWait });
        EngineOptions options = new() { ContextLength = 256, MaxRunning = 16, MaxQueued = 64, TokenBudget = TokenBudget, KvTokens = 4096 };
        _engine = new GenerationEngine(
            new ForwardPassParts(model, _dispatcher, _workers, VectorWidths.Best, Logits), options, TimeProvider.System);
    }

    /// <summary>Every step's logits.</summary>
    public LogitHashes Logits { get; } = new();

    /// <summary>Generations that were started.</summary>
    public int Started { get; private set; }

    public ExpertHosts Hosts { get; }

    /// <param name="folder">The model.</param>
    /// <param name="addresses">The hosts.</param>
    /// <param name="expertWait">How long a layer waits for hosts while none is there; null for 2 s.</param>
    public static async Task<HostedEngine> StartAsync(string folder, IReadOnlyList<Uri> addresses, TimeSpan? expertWait = null)
    {
        PackedModel model = PackedModel.Open(folder);
        ExpertHosts hosts = await ExpertHosts.ConnectAsync(
            Options(model, addresses), TimeProvider.System, NullLogger<ExpertHosts>.Instance, TestContext.Current.CancellationToken);
        return new HostedEngine(model, hosts, expertWait ?? TimeSpan.FromSeconds(2));
    }

    /// <summary>Starts one of the fixed generations.</summary>
    public Generation Start(int index, int tokens)
    {
        Started++;
        return _engine.Start(Prompts.Request(index, _model.Description.VocabularySize, tokens));
    }

    public static ExpertHostsOptions Options(PackedModel model, IReadOnlyList<Uri> addresses) => new()
    {
        Addresses = addresses,
        Model = model.Fingerprint,
        Limits = FrameSizes.Of(model.Description, TokenBudget),
        StartTimeout = TimeSpan.FromSeconds(20),
    };

    public async ValueTask DisposeAsync()
    {
        _engine.Dispose();
        await Hosts.DisposeAsync();
        _dispatcher.Dispose();
        _workers.Dispose();
        _model.Dispose();
    }
}
