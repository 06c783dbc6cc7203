using DaprMoE.Scheduling;

namespace DaprMoE.Ports.Tests;

/// <summary>A call over rows whose values are known, with the memory that it points to.</summary>
internal sealed unsafe class TestCall
{
    public const int Hidden = 6;
    public static readonly UInt128 Model = new(0x0123456789abcdef, 0xfedcba9876543210);
    public static readonly CallAddress Address = new(Model, Incarnation: 77, Device: 1);

    public static readonly FrameLimits Limits = new()
    {
        ExpertsPerLayer = [0, 8, 8],
        HiddenSize = Hidden,
        MaxTopK = 4,
        MaxRows = 16,
        Devices = 2,
    };

    private readonly float[] _input;
    private readonly float[] _output;

    /// <summary>Each token goes to k of the layer's experts, chosen from the seed; the call has those of the given experts.</summary>
    public TestCall(int tokens, int topK, Func<int, bool> has, uint seed = 1)
    {
        _input = GC.AllocateArray<float>(Math.Max(1, tokens * Hidden), pinned: true);
        for (int i = 0; i < _input.Length; i++)
        {
            _input[i] = (i * 0.37f) - 3;
        }

        List<(int Expert, int Token, byte Term)> pairs = Choose(tokens, topK, seed);
        _output = GC.AllocateArray<float>(Math.Max(1, pairs.Count * Hidden), pinned: true);
        Call = new ExpertCall(device: 5, maxGroups: 8) { Id = 42, PlanVersion = 3, Timeout = TimeSpan.FromSeconds(2), Assignments = Assignments(pairs, tokens, topK) };
        AddGroups(pairs, has);
    }

    public ExpertCall Call { get; }

    public ReadOnlySpan<float> Row(int token) => _input.AsSpan(token * Hidden, Hidden);

    public byte[] Encode(FrameKind kind = FrameKind.Call, bool lossy = false)
    {
        CallEncoder encoder = new(Limits, lossy);
        byte[] frame = new byte[encoder.Measure(Call)];
        encoder.Write(Call, Address, kind, frame);
        return frame;
    }

    private static List<(int Expert, int Token, byte Term)> Choose(int tokens, int topK, uint seed)
    {
        List<(int Expert, int Token, byte Term)> pairs = [];
        for (int token = 0; token < tokens; token++)
        {
            int first = (int)(((uint)token * 2654435761u * seed) >> 16) % 8;
            int[] experts = [.. Enumerable.Range(0, topK).Select(i => (first + (i * 3)) % 8).Order()];
            pairs.AddRange(experts.Select((expert, term) => (expert, token, (byte)term)));
        }

        return [.. pairs.OrderBy(pair => pair.Expert).ThenBy(pair => pair.Token)];
    }

    private LayerAssignments Assignments(List<(int Expert, int Token, byte Term)> pairs, int tokens, int topK)
    {
        LayerAssignments all = new(pairs.Count)
        {
            Layer = 2,
            HiddenSize = Hidden,
            TopK = topK,
            Count = pairs.Count,
            InputRows = tokens,
            Input = (float*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref _input[0]),
            Output = (float*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref _output[0]),
        };
        for (int i = 0; i < pairs.Count; i++)
        {
            (all.Tokens[i], all.Terms[i], all.Weights[i]) = (pairs[i].Token, pairs[i].Term, 1f / (i + 1));
        }

        return all;
    }

    private void AddGroups(List<(int Expert, int Token, byte Term)> pairs, Func<int, bool> has)
    {
        for (int first = 0; first < pairs.Count;)
        {
            int expert = pairs[first].Expert;
            int count = pairs.Count(pair => pair.Expert == expert);
            if (has(expert))
            {
                Call.Add(new ReplicaGroup(expert, expert % 2, first, count));
            }

            first += count;
        }
    }
}
