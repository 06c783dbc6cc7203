using System.Diagnostics;
using DaprMoE.Dispatch;
using DaprMoE.Embedded;
using DaprMoE.Experts;
using DaprMoE.Inference;
using DaprMoE.Models;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Residency.Benchmarks;

/// <summary>Measures one case, in a process whose memory is limited from outside.</summary>
internal sealed class CaseRun : IDisposable
{
    private const int Prompt = 64;
    private const int Context = 4096;

    private readonly PackedModel _model;
    private readonly WorkerPool _workers = new(Environment.ProcessorCount);
    private readonly DemandCounter _demands = new();
    private readonly CpuBackendFactory _backends;
    private readonly CpuArenaBackend? _arena;
    private readonly IExpertDevice _device;
    private readonly MoeDispatcher _dispatcher;
    private readonly SequenceEvaluator _evaluator;
    private readonly int[] _experts;
    private readonly int _rows;

    public CaseRun(string folder, MemoryCase what, bool pastFileCache)
    {
        _rows = what.Rows;
        FileCache.Drop(Path.Combine(folder, "daprmoe.packed"));
        _model = PackedModel.Open(folder);
        _experts = [.. _model.Description.Layers.Select(layer => layer is MoeFeedForward moe ? moe.Experts : 0)];
        MoeFeedForward widest = _model.Description.Layers.OfType<MoeFeedForward>().MaxBy(layer => layer.Experts)!;
        DispatchLimits limits = new(Prompt, widest.TopK, widest.Experts, _model.Description.HiddenSize);
        _backends = new CpuBackendFactory(_model, _workers, Prompt * widest.TopK, VectorWidths.Best) { ReadPastFileCache = pastFileCache };
        long? budget = what.Keeping == Keeping.Map ? null : AllExpertBytes * what.Percent / 100;
        IExpertBackend backend = _backends.Create(budget);
        _arena = backend as CpuArenaBackend;
        DeviceSettings settings = new()
        {
            Name = "bench-0",
            Number = 0,
            ExpertsPerLayer = _experts,
            BudgetBytes = budget,
            KeepAlive = Timeout.InfiniteTimeSpan,
            Eviction = what.Keeping == Keeping.ArenaLru ? EvictionRule.LeastRecentlyUsed : EvictionRule.NextUse,
        };
        _device = budget is null
            ? new MappedDevice(settings, backend, TimeProvider.System, _demands)
            : new ArenaDevice(settings, backend, TimeProvider.System, _demands);
        Routes routes = new(RoutingTable.Static(_experts, devices: 1));
        _dispatcher = new MoeDispatcher(
            new InProcessTransport(new ExpertHost([_device])), routes, _workers, VectorWidths.Best, limits);
        SyntheticRouting routing = new(_dispatcher, _experts.Length, widest.Experts, what.Skew);
        if (what.Keeping == Keeping.ArenaForecast)
        {
            routing.Drawn = new UseShares(_device, _experts.Length, widest.Experts).Note;
        }

        _evaluator = new SequenceEvaluator(
            new ForwardPassParts(_model, routing, _workers, VectorWidths.Best, Observer: null), Context, Prompt);
    }

    private long AllExpertBytes => _experts.Select((count, layer) => count == 0 ? 0 : count * _model.ExpertBytes(layer)).Sum();

    public CaseResult Measure(int tokens)
    {
        Generate(4);
        _evaluator.Reset();
        Forget();
        Stopwatch clock = Stopwatch.StartNew();
        Evaluate(Prompt, from: 0);
        double first = clock.Elapsed.TotalMilliseconds;

        // The cache of experts settles before it is measured.
        int iterations = Math.Max(16, tokens / _rows);
        Generate(iterations / 4);
        long demands = _demands.Count;
        long read = ProcessMemory.ReadBytes();
        clock.Restart();
        Generate(iterations);
        tokens = iterations * _rows;
        double seconds = clock.Elapsed.TotalSeconds;
        return new CaseResult
        {
            TimeToFirstTokenMs = first,
            TokensPerSecond = tokens / seconds,
            MissesPerToken = _arena is null ? null : (double)(_demands.Count - demands) / tokens,
            ReadBytesPerToken = (double)(ProcessMemory.ReadBytes() - read) / tokens,
            ProcessRss = ProcessMemory.Rss(),
            ArenaRss = _arena is null ? 0 : ProcessMemory.RssOf(_arena.Memory.Ranges),
            ResidentBytes = _device.Memory.ResidentBytes,
            AllExpertBytes = AllExpertBytes,
        };
    }

    public void Dispose()
    {
        _evaluator.Dispose();
        _dispatcher.Dispose();
        _device.Dispose();
        _backends.Dispose();
        _workers.Dispose();
        _model.Dispose();
    }

    private void Generate(int iterations)
    {
        for (int iteration = 0; iteration < iterations; iteration++)
        {
            Evaluate(_rows, from: iteration);
        }
    }

    private void Evaluate(int count, int from) =>
        _evaluator.Evaluate([.. Enumerable.Range(from, count).Select(i => (i * 37 + 11) % _model.Description.VocabularySize)]);

    /// <summary>Nothing of the experts is in memory any more, nor in the file's cache.</summary>
    private void Forget()
    {
        _device.ScaleToZero();
        SpinWait.SpinUntil(() => _device.Memory.ReservedBytes == 0, TimeSpan.FromSeconds(5));
        for (int layer = 0; layer < _experts.Length; layer++)
        {
            for (int expert = 0; expert < _experts[layer]; expert++)
            {
                _model.DropExpert(layer, expert);
            }
        }
    }
}
