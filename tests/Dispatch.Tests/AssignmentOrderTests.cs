using CsCheck;
using DaprMoE.Inference;
using DaprMoE.Ports;

namespace DaprMoE.Dispatch.Tests;

public sealed class AssignmentOrderTests
{
    [Fact]
    public void Sort_TwoTokens_RunsAscendingByExpert()
    {
        AssignmentOrder order = Order(rows: 2, topK: 2, experts: 4);
        LayerAssignments sorted = Sort(order, [3, 1, 1, 0], topK: 2, experts: 4);
        Assert.Equal([new ExpertRun(0, 0, 1), new ExpertRun(1, 1, 2), new ExpertRun(3, 3, 1)], order.Runs.ToArray());
        Assert.Equal([1, 0, 1, 0], sorted.Tokens.ToArray());
        Assert.Equal([0, 0, 1, 1], sorted.Terms.ToArray());
        Assert.Equal([3f, 1f, 2f, 0f], sorted.Weights.ToArray());
        Assert.Equal([3, 1, 2, 0], order.Slots.ToArray());
    }

    [Fact]
    public void Sort_AnyChoices_LosesAndInventsNoAssignment() =>
        Gen.Select(Gen.Int[1, 8], Gen.Int[1, 40], Gen.Int[8, 16], Gen.Int).Sample((topK, tokens, experts, seed) =>
        {
            int[] chosen = [.. Enumerable.Range(0, tokens * topK).Select(pair => (int)((((uint)seed * 31u) + ((uint)pair * 7919u)) % (uint)experts))];
            AssignmentOrder order = Order(tokens, topK, experts);
            LayerAssignments sorted = Sort(order, chosen, topK, experts);
            Assert.Equal(chosen.Length, order.Runs.ToArray().Sum(run => run.Count));
            Assert.Equal(Enumerable.Range(0, chosen.Length), order.Slots.ToArray().Order());
            foreach (ExpertRun run in order.Runs)
            {
                int[] rows = sorted.Tokens.Slice(run.First, run.Count).ToArray();
                Assert.Equal(rows.Order(), rows);
            }

            for (int pair = 0; pair < chosen.Length; pair++)
            {
                int slot = order.Slots[pair];
                Assert.Equal(pair / topK, sorted.Tokens[slot]);
                Assert.Equal(pair, sorted.Weights[slot]);
                Assert.Contains(order.Runs.ToArray(), run => run.Expert == chosen[pair] && slot >= run.First && slot < run.First + run.Count);
            }
        });

    private static AssignmentOrder Order(int rows, int topK, int experts) => new(new DispatchLimits(rows, topK, experts, HiddenSize: 1));

    /// <summary>Sorts choices whose weight is the number of their pair.</summary>
    private static LayerAssignments Sort(AssignmentOrder order, int[] chosen, int topK, int experts)
    {
        LayerAssignments sorted = new(chosen.Length);
        MoeLayerCall call = new()
        {
            Layer = 0,
            HiddenSize = 1,
            TopK = topK,
            Input = new float[chosen.Length / topK],
            Experts = chosen,
            Weights = [.. Enumerable.Range(0, chosen.Length).Select(pair => (float)pair)],
            Output = new float[chosen.Length / topK],
        };
        order.Sort(in call, experts, sorted);
        return sorted;
    }
}
