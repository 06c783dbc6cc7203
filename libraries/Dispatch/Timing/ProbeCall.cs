using DaprMoE.Ports;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Dispatch;

/// <summary>Calls some experts of one device with made-up rows. Each call takes the next experts, so that caches hold few of their weights.</summary>
internal sealed unsafe class ProbeCall : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly IExpertTransport _transport;
    private readonly TimeProvider _clock;
    private readonly PlannedReplica[] _replicas;
    private readonly LayerAssignments _assignments;
    private readonly ExpertCall _call;
    private readonly NativeBuffer _rows;
    private int _next;

    /// <summary>Far from the ids that dispatchers give.</summary>
    private long _lastId = 1L << 62;

    public ProbeCall(IExpertTransport transport, RoutingTable table, int layer, int hiddenSize, int maxExperts, int maxRows, TimeProvider clock)
    {
        _transport = transport;
        _clock = clock;
        int device = table.Layer(layer).Replicas[0].Device;
        _replicas = [.. table.Layer(layer).Replicas.ToArray().Where(replica => replica.Device == device).DistinctBy(replica => replica.Expert)];
        Experts = _replicas.Length;
        _rows = new NativeBuffer((1 + (long)maxExperts) * maxRows * hiddenSize * sizeof(float));
        for (int i = 0; i < maxRows * hiddenSize; i++)
        {
            _rows.Floats[i] = ((i * 37 % 101) - 50) / 50f;
        }

        _assignments = new LayerAssignments(maxExperts * maxRows)
        {
            Layer = layer,
            HiddenSize = hiddenSize,
            Input = _rows.Floats,
            Output = _rows.Floats + (maxRows * hiddenSize),
        };
        _call = new ExpertCall(device, maxExperts) { PlanVersion = table.Version, Timeout = Timeout, Assignments = _assignments };
    }

    /// <summary>Experts of the device that may be called.</summary>
    public int Experts { get; private set; }

    /// <summary>Starts again from the first expert.</summary>
    public void Rewind() => _next = 0;

    /// <summary>Loads the experts that later calls take.</summary>
    /// <param name="experts">Experts of each call.</param>
    /// <param name="most">About as many experts as may be touched at all.</param>
    public void Touch(int experts, int most)
    {
        Experts = Math.Max(experts, Math.Min(Experts, most / experts * experts));
        Rewind();
        for (int called = 0; called < Experts; called += experts)
        {
            Run(experts, rows: 1);
        }
    }

    /// <exception cref="ProbeFailedException">The call was not done.</exception>
    public ProbeTime Run(int experts, int rows)
    {
        Fill(experts, rows);
        long start = _clock.GetTimestamp();
        _transport.Start(_call);
        CallOutcome outcome = _transport.Wait(_call);
        double trip = _clock.GetElapsedTime(start).TotalSeconds - (_call.Figures.LoadUs / 1e6);
        return outcome == CallOutcome.Done
            ? new ProbeTime(_call.Figures.ComputeUs > 0 ? _call.Figures.ComputeUs / 1e6 : trip, trip)
            : throw new ProbeFailedException(outcome);
    }

    public void Dispose() => _rows.Dispose();

    private void Fill(int experts, int rows)
    {
        _assignments.Count = experts * rows;
        _assignments.TopK = experts;
        _assignments.InputRows = rows;
        _assignments.Weights.Fill(1f / experts);
        _assignments.Covered.Clear();
        _call.Clear();
        _call.Id = ++_lastId;
        int first = (_next + experts) <= Experts ? _next : 0;
        _next = first + experts;
        for (int expert = 0; expert < experts; expert++)
        {
            for (int row = 0; row < rows; row++)
            {
                _assignments.Tokens[(expert * rows) + row] = row;
                _assignments.Terms[(expert * rows) + row] = (byte)expert;
            }

            PlannedReplica replica = _replicas[first + expert];
            _call.Add(new ReplicaGroup(replica.Expert, replica.Index, expert * rows, rows));
        }
    }
}
