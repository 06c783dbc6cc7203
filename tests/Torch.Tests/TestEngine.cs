using DaprMoE.Dispatch;
using DaprMoE.Embedded;
using DaprMoE.Experts;
using DaprMoE.Inference;
using DaprMoE.Models;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;
using DeviceOwner = DaprMoE.Experts.ExpertHost;

namespace DaprMoE.Torch.Tests;

/// <summary>A forward pass whose experts are on devices of any backend.</summary>
internal sealed class TestEngine : IDisposable
{
    private const int Longest = 128;

    private readonly Stack<IDisposable> _parts = [];
    private readonly SequenceEvaluator _evaluator;

    private TestEngine(string folder, ExpertHostOptions devices, MakeBackends backends, IForwardObserver? observer)
    {
        PackedModel model = Keep(PackedModel.Open(folder, cancellationToken: TestContext.Current.CancellationToken));
        WorkerPool workers = Keep(new WorkerPool(2));
        MoeFeedForward[] layers = [.. model.Description.Layers.OfType<MoeFeedForward>()];
        DispatchLimits limits = new(Longest, layers.Max(l => l.TopK), layers.Max(l => l.Experts), model.Description.HiddenSize);
        Host = Keep(DeviceOwner.Create(
            model.Description, devices, backends(model, workers, limits.MaxRows * limits.MaxTopK), TimeProvider.System));
        int[] experts = [.. model.Description.Layers.Select(layer => layer is MoeFeedForward moe ? moe.Experts : 0)];
        Routes routes = new(RoutingTable.Static(experts, devices.Devices));
        MoeDispatcher dispatcher = Keep(new MoeDispatcher(new InProcessTransport(Host), routes, workers, VectorWidths.Best, limits));
        _evaluator = Keep(new SequenceEvaluator(
            new ForwardPassParts(model, dispatcher, workers, VectorWidths.Best, observer), Longest, chunk: Longest));
        Vocabulary = model.Description.VocabularySize;
    }

    private delegate IExpertBackendFactory MakeBackends(PackedModel model, WorkerPool workers, int maxAssignments);

    /// <summary>Entries of the vocabulary.</summary>
    public int Vocabulary { get; }

    /// <summary>The devices.</summary>
    public DeviceOwner Host { get; }

    /// <summary>An engine whose devices are torch's.</summary>
    public static TestEngine Torch(
        string folder, ExpertHostOptions devices, TorchBackendOptions options, IForwardObserver? observer = null) => new(
        folder,
        devices,
        (_, workers, assignments) => new TorchBackendFactory(Checkpoint.Open(folder), workers, assignments, options),
        observer);

    /// <summary>An engine whose one device is the cpu backend's.</summary>
    public static TestEngine Cpu(string folder, IForwardObserver? observer = null) => new(
        folder,
        new ExpertHostOptions(),
        static (model, workers, assignments) => new CpuBackendFactory(model, workers, assignments, VectorWidths.Best),
        observer);

    /// <summary>Logits of each token of a new sequence, [n, V].</summary>
    public float[] Prefill(int[] tokens)
    {
        _evaluator.Reset();
        return _evaluator.Evaluate(tokens);
    }

    /// <summary>The tokens with the largest logits after a prompt.</summary>
    public int[] Greedy(int[] prompt, int count)
    {
        int[] tokens = new int[count];
        float[] logits = Prefill(prompt);
        for (int i = 0; i < count; i++)
        {
            float[] last = logits[^Vocabulary..];
            tokens[i] = Array.IndexOf(last, last.Max());
            logits = _evaluator.Evaluate([tokens[i]]);
        }

        return tokens;
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
