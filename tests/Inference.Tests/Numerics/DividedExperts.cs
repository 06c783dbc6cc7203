using DaprMoE.Dispatch;
using DaprMoE.Models;
using DaprMoE.Ports;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Inference.Tests;

/// <summary>
/// A model's experts as replicas on devices that come and go: other replicas in every iteration, calls that fail, sums made on the devices.
/// All of it is drawn from a seed.
/// </summary>
internal sealed unsafe class DividedExperts : IExpertTransport, IForwardObserver, IDisposable
{
    private const int DeviceCount = 4;

    private readonly PackedModel _model;
    private readonly WorkerPool _workers = new(1);
    private readonly Random _random;
    private readonly Routes _routes;
    private readonly MatMul _matMul;
    private readonly NativeBuffer _activated;
    private readonly MoeDispatcher _dispatcher;
    private readonly IForwardObserver _observer;

    public DividedExperts(string folder, string splitRule, EngineOptions options, IForwardObserver observer, int seed)
    {
        _model = PackedModel.Open(folder);
        _observer = observer;
        _random = new Random(seed);
        MoeFeedForward[] layers = [.. _model.Description.Layers.OfType<MoeFeedForward>()];
        DispatchLimits limits = new(
            Math.Max(options.TokenBudget, options.MaxRunning), layers.Max(l => l.TopK), layers.Max(l => l.Experts), _model.Description.HiddenSize);
        int ffn = layers.Max(l => l.FfnSize);
        long pairs = limits.MaxRows * limits.MaxTopK;
        _matMul = new MatMul(_workers, pairs * Math.Max(limits.HiddenSize, ffn));
        _activated = new NativeBuffer(pairs * ffn * sizeof(float));
        _routes = new Routes(RandomTable());
        DispatchOptions dispatch = new() { SplitRule = SplitRules.Get(splitRule), Split = new SplitContext(default, Crossover: 3) };
        _dispatcher = new MoeDispatcher(this, _routes, _workers, VectorWidths.Best, limits, dispatch);
        Engine = new GenerationEngine(new ForwardPassParts(_model, _dispatcher, _workers, VectorWidths.Best, this), options, TimeProvider.System);
    }

    public string Name => "divided";

    public GenerationEngine Engine { get; }

    public int Vocabulary => _model.Description.VocabularySize;

    /// <summary>Calls that were not done.</summary>
    public int Failed { get; private set; }

    /// <summary>Rows that came as part of another's sum.</summary>
    public int Absorbed { get; private set; }

    public void AfterLayer(int layer, ReadOnlySpan<float> hidden)
    {
        _routes.Replace(RandomTable());
        _observer.AfterLayer(layer, hidden);
    }

    public void AfterLogits(int sequence, int position, ReadOnlySpan<float> logits) => _observer.AfterLogits(sequence, position, logits);

    public void Start(ExpertCall call)
    {
    }

    public CallOutcome Wait(ExpertCall call)
    {
        // Device 0 never fails, so that no layer has to wait.
        if (call.Device > 0 && _random.Next(4) == 0)
        {
            Failed++;
            return (CallOutcome)_random.Next(1, 5);
        }

        foreach (ReplicaGroup group in call.Groups)
        {
            Compute(call.Assignments, group);
        }

        PreSum(call);
        return CallOutcome.Done;
    }

    public void Dispose()
    {
        Engine.Dispose();
        _dispatcher.Dispose();
        _matMul.Dispose();
        _activated.Dispose();
        _workers.Dispose();
        _model.Dispose();
    }

    private RoutingTable RandomTable() => new(
        version: _random.Next(1000),
        [.. _model.Description.Layers.Select(layer => RandomLayer(layer is MoeFeedForward moe ? moe.Experts : 0))],
        alive: [.. Enumerable.Range(0, DeviceCount)]);

    /// <summary>No to four replicas of each expert.</summary>
    private LayerPlan RandomLayer(int experts)
    {
        LayerPlan plan = new(experts, DeviceCount);
        plan.Reset(experts, DeviceCount);
        for (int expert = 0; expert < experts; expert++)
        {
            int[] devices = [.. Enumerable.Range(0, DeviceCount).OrderBy(_ => _random.Next()).Take(_random.Next(DeviceCount + 1))];
            for (int index = 0; index < devices.Length; index++)
            {
                plan.Add(expert, index, devices[index]);
            }
        }

        plan.Seal();
        return plan;
    }

    private void Compute(LayerAssignments all, ReplicaGroup group)
    {
        int ffn = ((MoeFeedForward)_model.Description.Layers[all.Layer]).FfnSize;
        GatedWeights weights = _model.ExpertAt(all.Layer, group.Expert, _model.MappedExpert(all.Layer, group.Expert));
        fixed (int* rows = all.Tokens)
        {
            _matMul.Run([new MatMulTask
            {
                Input = all.Input,
                InputStride = all.HiddenSize,
                RowIndex = rows + group.First,
                Rows = group.Count,
                Weights = weights.GateUp,
                Columns = ffn,
                Output = _activated.Floats,
                OutputStride = ffn,
                Activation = MatMulActivation.GatedSilu,
            }]);
        }

        _matMul.Run([new MatMulTask
        {
            Input = _activated.Floats,
            InputStride = ffn,
            Rows = group.Count,
            Weights = weights.Down,
            Columns = all.HiddenSize,
            Output = all.Output + ((long)group.First * all.HiddenSize),
            OutputStride = all.HiddenSize,
        }]);
    }

    private void PreSum(ExpertCall call)
    {
        int[] tokens = call.Assignments.Tokens.ToArray();
        foreach (IGrouping<int, int> token in call.Groups.ToArray()
            .SelectMany(group => Enumerable.Range(group.First, group.Count)).GroupBy(slot => tokens[slot]))
        {
            int[] slotOf = new int[CombineSubtree.MaxTerms];
            ulong present = 0;
            foreach (int slot in token)
            {
                slotOf[call.Assignments.Terms[slot]] = slot;
                present |= 1UL << call.Assignments.Terms[slot];
            }

            while (present != 0)
            {
                Sum(call.Assignments, CombineSubtree.TakeLargest(ref present, call.Assignments.TopK), slotOf);
            }
        }
    }

    private void Sum(LayerAssignments all, CombineSubtree part, int[] slotOf)
    {
        if (part.Count == 1)
        {
            return;
        }

        float* weights = stackalloc float[part.Count];
        for (int i = 0; i < part.Count; i++)
        {
            int slot = slotOf[part.First + i];
            weights[i] = all.Weights[slot];
            all.Covered[slot] = i == 0 ? (byte)part.Count : LayerAssignments.InAnother;
            Absorbed += i == 0 ? 0 : 1;
        }

        float[] sum = new float[all.HiddenSize];
        fixed (int* slots = slotOf)
        fixed (float* s = sum)
        {
            VectorMath.Best.Combine(all.Output, all.HiddenSize, slots + part.First, weights, part.Count, s, all.HiddenSize);
        }

        sum.CopyTo(new Span<float>(all.Output + ((long)slotOf[part.First] * all.HiddenSize), all.HiddenSize));
    }
}
