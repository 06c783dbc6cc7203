using DaprMoE.Ports;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Dispatch.Tests;

/// <summary>
/// Devices that compute <see cref="LayerCase.Expert"/>, and fail when a test says so. It holds the dispatcher to the port: each call has an
/// id of its own, is waited for exactly once, and names each replica once, in order.
/// </summary>
internal sealed unsafe class FakeDevices : IExpertTransport
{
    private readonly List<ExpertCall> _running = [];
    private readonly HashSet<long> _ids = [];

    public string Name => "fake";

    /// <summary>How a call ends; null: all are done.</summary>
    public Func<ExpertCall, CallOutcome>? Answer { get; set; }

    /// <summary>What a done call reports.</summary>
    public CallFigures Figures { get; set; }

    /// <summary>Whether devices add up complete subtrees, as remote ones do.</summary>
    public bool PreSums { get; set; }

    /// <summary>Rows that came as part of another's sum.</summary>
    public int Absorbed { get; private set; }

    /// <summary>The calls, as <c>device: expert.index*rows …</c>.</summary>
    public List<string> Calls { get; } = [];

    public List<TimeSpan> Timeouts { get; } = [];

    public void Start(ExpertCall call)
    {
        Assert.True(_ids.Add(call.Id), $"Call {call.Id} came twice.");
        Assert.DoesNotContain(call, _running);
        IEnumerable<(int, int)> replicas = call.Groups.ToArray().Select(group => (group.Expert, group.Index));
        Assert.Equal(replicas.Order().Distinct(), replicas);
        _running.Add(call);
        Timeouts.Add(call.Timeout);
        Calls.Add($"{call.Device}: {string.Join(' ', call.Groups.ToArray().Select(group => $"{group.Expert}.{group.Index}*{group.Count}"))}");
    }

    public CallOutcome Wait(ExpertCall call)
    {
        Assert.True(_running.Remove(call), "The call was not started.");
        CallOutcome outcome = Answer?.Invoke(call) ?? CallOutcome.Done;
        if (outcome == CallOutcome.Done)
        {
            Compute(call);
            call.Figures = Figures;
        }

        return outcome;
    }

    /// <summary>Another dispatcher begins, whose ids are its own.</summary>
    public void Forget() => _ids.Clear();

    public void AssertIdle() => Assert.Empty(_running);

    private void Compute(ExpertCall call)
    {
        LayerAssignments all = call.Assignments;
        foreach (ReplicaGroup group in call.Groups)
        {
            for (int slot = group.First; slot < group.First + group.Count; slot++)
            {
                Assert.Equal(0, all.Covered[slot]);
                for (int column = 0; column < all.HiddenSize; column++)
                {
                    float input = all.Input[(all.Tokens[slot] * all.HiddenSize) + column];
                    all.Output[(slot * all.HiddenSize) + column] = LayerCase.Expert(group.Expert, input, column);
                }
            }
        }

        if (PreSums)
        {
            PreSum(call);
        }
    }

    private void PreSum(ExpertCall call)
    {
        LayerAssignments all = call.Assignments;
        int[] slots = [.. call.Groups.ToArray().SelectMany(group => Enumerable.Range(group.First, group.Count))];
        int[] tokens = all.Tokens.ToArray();
        foreach (IGrouping<int, int> token in slots.GroupBy(slot => tokens[slot]))
        {
            Dictionary<int, int> slotOf = token.ToDictionary(slot => (int)all.Terms[slot]);
            ulong present = slotOf.Keys.Aggregate(0UL, (set, term) => set | (1UL << term));
            while (present != 0)
            {
                Sum(all, CombineSubtree.TakeLargest(ref present, all.TopK), slotOf);
            }
        }
    }

    private void Sum(LayerAssignments all, CombineSubtree part, Dictionary<int, int> slotOf)
    {
        if (part.Count == 1)
        {
            return;
        }

        int[] slots = [.. Enumerable.Range(part.First, part.Count).Select(term => slotOf[term])];
        float[] weights = new float[slots.Length];
        for (int i = 0; i < slots.Length; i++)
        {
            weights[i] = all.Weights[slots[i]];
            all.Covered[slots[i]] = i == 0 ? (byte)part.Count : LayerAssignments.InAnother;
            Absorbed += i == 0 ? 0 : 1;
        }

        float[] sum = new float[all.HiddenSize];
        fixed (int* index = slots)
        fixed (float* w = weights, s = sum)
        {
            VectorMath.Best.Combine(all.Output, all.HiddenSize, index, w, part.Count, s, all.HiddenSize);
        }

        foreach (int slot in slots)
        {
            new Span<float>(all.Output + (slot * all.HiddenSize), all.HiddenSize).Fill(float.NaN);
        }

        sum.CopyTo(new Span<float>(all.Output + (slots[0] * all.HiddenSize), all.HiddenSize));
    }
}
