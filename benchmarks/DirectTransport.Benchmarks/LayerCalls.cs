using System.Diagnostics;
using DaprMoE.Models;
using DaprMoE.Ports;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.DirectTransport.Benchmarks;

/// <summary>The calls of a layer for rows that go to experts drawn evenly; every round calls the next MoE layer.</summary>
internal sealed unsafe class LayerCalls : IDisposable
{
    private readonly IExpertTransport _transport;
    private readonly Routes _routes;
    private readonly List<LayerAssignments> _layers = [];
    private readonly List<ExpertCall[]> _calls = [];
    private readonly NativeBuffer _input;
    private readonly NativeBuffer _output;
    private long _lastId;

    public LayerCalls(ModelDescription model, ExpertHosts hosts, int rows)
    {
        (_transport, _routes, Rows) = (hosts.Transport, hosts.Routes, rows);
        long most = model.Layers.OfType<MoeFeedForward>().Max(moe => (long)moe.TopK * rows * model.HiddenSize * sizeof(float));
        _input = new NativeBuffer((long)rows * model.HiddenSize * sizeof(float));
        _output = new NativeBuffer(most);
        for (long i = 0; i < (long)rows * model.HiddenSize; i++)
        {
            _input.Floats[i] = (i % 97 * 0.01f) - 0.5f;
        }

        for (int layer = 0; layer < model.Layers.Count; layer++)
        {
            if (model.Layers[layer] is MoeFeedForward moe)
            {
                Add(layer, moe, rows, model.HiddenSize);
            }
        }
    }

    /// <summary>Rows of each layer.</summary>
    public int Rows { get; }

    /// <summary>Rows that the first layer's calls send.</summary>
    public int SentRows => _calls[0].Sum(call => DistinctRows(call));

    /// <summary>Runs a layer's calls.</summary>
    /// <returns>Microseconds of the round trip, and the longest of computing and loading that a device reports.</returns>
    public (double RoundTrip, double Compute) Run(int round)
    {
        ExpertCall[] calls = _calls[round % _calls.Count];
        long start = Stopwatch.GetTimestamp();
        foreach (ExpertCall call in calls)
        {
            call.Id = ++_lastId;
            _transport.Start(call);
        }

        long compute = 0;
        foreach (ExpertCall call in calls)
        {
            CallOutcome outcome = _transport.Wait(call);
            compute = Math.Max(compute, call.Figures.ComputeUs + call.Figures.LoadUs);
            if (outcome != CallOutcome.Done)
            {
                throw new InvalidOperationException($"A call ended {outcome}.");
            }
        }

        return (Stopwatch.GetElapsedTime(start).TotalMicroseconds, compute);
    }

    public void Dispose()
    {
        _input.Dispose();
        _output.Dispose();
    }

    private static int DistinctRows(ExpertCall call)
    {
        HashSet<int> rows = [];
        foreach (ReplicaGroup group in call.Groups)
        {
            rows.UnionWith(call.Assignments.Tokens.Slice(group.First, group.Count).ToArray());
        }

        return rows.Count;
    }

    private void Add(int layer, MoeFeedForward moe, int rows, int hidden)
    {
        LayerAssignments all = new(rows * moe.TopK)
        {
            Layer = layer,
            HiddenSize = hidden,
            TopK = moe.TopK,
            Count = rows * moe.TopK,
            InputRows = rows,
            Input = _input.Floats,
            Output = _output.Floats,
        };
        ExpertCall[] calls = [.. Enumerable.Range(0, _routes.Current.DeviceCount).Select(
            device => new ExpertCall(device, moe.Experts) { Assignments = all, Timeout = TimeSpan.FromSeconds(10) })];
        int pair = 0;
        foreach (IGrouping<int, (int Expert, int Row, int Term)> expert in Choices(moe, rows, layer).GroupBy(choice => choice.Expert).OrderBy(group => group.Key))
        {
            int first = pair;
            foreach ((int _, int row, int term) in expert)
            {
                (all.Tokens[pair], all.Terms[pair], all.Weights[pair]) = (row, (byte)term, 1f / moe.TopK);
                pair++;
            }

            int device = _routes.Current.Layer(layer).ReplicasOf(expert.Key)[0].Device;
            calls[device].Add(new ReplicaGroup(expert.Key, 0, first, pair - first));
        }

        _layers.Add(all);
        _calls.Add([.. calls.Where(call => call.Rows > 0)]);
    }

    private static IEnumerable<(int Expert, int Row, int Term)> Choices(MoeFeedForward moe, int rows, int layer)
    {
        for (int row = 0; row < rows; row++)
        {
            // One expert of each part of the layer, so that every device has some of the row.
            int part = moe.Experts / moe.TopK;
            for (int term = 0; term < moe.TopK; term++)
            {
                uint draw = (uint)((row * 31) + (layer * 17) + (term * 7)) * 2654435761u;
                yield return ((term * part) + (int)((draw >> 16) % (uint)part), row, term);
            }
        }
    }
}
