using CsCheck;
using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch.Tests;

public sealed class AssignmentOrderTests
{
    [Fact]
    public void Sort_TwoTokens_GroupsAscendingByExpert()
    {
        AssignmentOrder order = new(maxAssignments: 4, maxExperts: 4);
        order.Sort([3, 1, 1, 0], topK: 2, expertCount: 4);
        Assert.Equal([new ExpertGroup(0, 0, 1), new ExpertGroup(1, 1, 2), new ExpertGroup(3, 3, 1)], order.Groups.ToArray());
        Assert.Equal([1, 0, 1, 0], order.Rows.ToArray());
        Assert.Equal([3, 1, 2, 0], order.Slots.ToArray());
    }

    [Fact]
    public void Sort_AnyChoices_LosesAndInventsNoAssignment() =>
        Gen.Select(Gen.Int[1, 8], Gen.Int[1, 40], Gen.Int[8, 16], Gen.Int).Sample((topK, tokens, experts, seed) =>
        {
            int[] chosen = [.. Enumerable.Range(0, tokens * topK).Select(pair => (int)((((uint)seed * 31u) + ((uint)pair * 7919u)) % (uint)experts))];
            AssignmentOrder order = new(chosen.Length, experts);
            order.Sort(chosen, topK, experts);
            Assert.Equal(chosen.Length, order.Groups.ToArray().Sum(group => group.Count));
            Assert.Equal(Enumerable.Range(0, chosen.Length), order.Slots.ToArray().Order());
            foreach (ExpertGroup group in order.Groups)
            {
                int[] rows = order.Rows.Slice(group.First, group.Count).ToArray();
                Assert.Equal(rows.Order(), rows);
            }

            for (int pair = 0; pair < chosen.Length; pair++)
            {
                int slot = order.Slots[pair];
                Assert.Equal(pair / topK, order.Rows[slot]);
                Assert.Contains(order.Groups.ToArray(), group => group.Expert == chosen[pair] && slot >= group.First && slot < group.First + group.Count);
            }
        });
}
