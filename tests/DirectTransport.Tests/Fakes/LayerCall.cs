using System.Runtime.CompilerServices;
using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.DirectTransport.Tests;

/// <summary>Two rows, of which each goes to experts 0 and 2, in one call to a device.</summary>
internal sealed unsafe class LayerCall
{
    private readonly float[] _input = GC.AllocateArray<float>(2 * Model.Hidden, pinned: true);
    private readonly float[] _output = GC.AllocateArray<float>(4 * Model.Hidden, pinned: true);

    public LayerCall(long id, TimeSpan timeout, int device = 0)
    {
        for (int i = 0; i < _input.Length; i++)
        {
            _input[i] = i;
        }

        LayerAssignments all = new(4)
        {
            Layer = 1,
            HiddenSize = Model.Hidden,
            TopK = 2,
            Count = 4,
            InputRows = 2,
            Input = (float*)Unsafe.AsPointer(ref _input[0]),
            Output = (float*)Unsafe.AsPointer(ref _output[0]),
        };
        int[] tokens = [0, 1, 0, 1];
        byte[] terms = [0, 0, 1, 1];
        tokens.CopyTo(all.Tokens);
        terms.CopyTo(all.Terms);
        all.Weights.Fill(0.5f);
        Call = new ExpertCall(device, maxGroups: 4) { Id = id, Timeout = timeout, Assignments = all };
        Call.Add(new ReplicaGroup(0, 0, 0, 2));
        Call.Add(new ReplicaGroup(2, 0, 2, 2));
    }

    public ExpertCall Call { get; }

    public ReadOnlySpan<float> Output(int pair) => _output.AsSpan(pair * Model.Hidden, Model.Hidden);
}
