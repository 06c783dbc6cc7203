using CsCheck;
using DaprMoE.Ports;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.DirectTransport.Tests;

public sealed class AnswerRowsTests
{
    [Fact]
    public void Divide_AnyTermsOfAnyRows_CoversEachPairOnce() =>
        Gen.Select(Gen.Int[1, 64], Gen.Int[1, 20], Gen.ULong).Sample((topK, rowCount, seed) =>
        {
            List<(int Row, byte Term)> pairs = [];
            for (int row = 0; row < rowCount; row++)
            {
                ulong present = (seed * 0x9E3779B97F4A7C15UL * (ulong)(row + 1)) ^ (seed >> row);
                pairs.AddRange(Enumerable.Range(0, topK).Where(term => (present >> term & 1) != 0).Select(term => (row, (byte)term)));
            }

            int[] rows = [.. pairs.Select(pair => pair.Row)];
            byte[] terms = [.. pairs.Select(pair => pair.Term)];
            byte[] covered = new byte[pairs.Count];
            AnswerRows divided = new();
            int count = divided.Divide([new ReplicaGroup(0, 0, 0, pairs.Count)], rows, terms, rowCount, topK, covered);

            Assert.Equal(count, covered.Count(cover => cover != LayerAssignments.InAnother));
            HashSet<(int, int)> seen = [];
            for (int pair = 0; pair < pairs.Count; pair++)
            {
                Assert.Equal(pair, divided.PairOf(rows[pair], terms[pair], topK));
                int terms0 = covered[pair] == LayerAssignments.InAnother ? 0 : Math.Max(1, (int)covered[pair]);
                Assert.True(terms0 <= 1 || new CombineSubtree(terms[pair], terms0).IsOf(topK));
                Assert.All(Enumerable.Range(terms[pair], terms0), term => Assert.True(seen.Add((rows[pair], term))));
            }

            Assert.Equal(pairs.Count, seen.Count);
        });
}
