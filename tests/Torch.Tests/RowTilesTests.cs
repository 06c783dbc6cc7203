using CsCheck;
using DaprMoE.Scheduling;

namespace DaprMoE.Torch.Tests;

public sealed class RowTilesTests
{
    [Fact]
    public void Cut_AnyGroups_CoversEachAssignmentOnceInTilesThatFit() =>
        Gen.Select(Gen.Int[1, 8], Gen.Int[1, 900].Array[1, 40]).Sample((workers, counts) =>
        {
            List<ReplicaGroup> groups = [];
            foreach (int count in counts)
            {
                groups.Add(new ReplicaGroup(groups.Count, 0, groups.Sum(group => group.Count), count));
            }

            RowTiles tiles = new(workers);
            tiles.Cut(groups.ToArray());
            int[] covered = new int[counts.Sum()];
            foreach (RowTile tile in tiles.All)
            {
                ReplicaGroup group = groups[tile.Group];
                Assert.InRange(tile.Count, 1, RowTiles.MostRows);
                Assert.True(tile.First >= group.First && tile.First + tile.Count <= group.First + group.Count);
                foreach (ref int times in covered.AsSpan(tile.First, tile.Count))
                {
                    times++;
                }
            }

            Assert.All(covered, times => Assert.Equal(1, times));
        });

    [Fact]
    public void Cut_OneLargeGroup_GivesEachWorkerSome()
    {
        RowTiles tiles = new(workers: 4);
        tiles.Cut([new ReplicaGroup(0, 0, 0, 512)]);
        Assert.True(tiles.All.Length >= 4);
    }

    [Fact]
    public void Cut_GroupsOfDifferentSizes_PutsTheLargestFirst()
    {
        RowTiles tiles = new(workers: 2);
        tiles.Cut([new ReplicaGroup(0, 0, 0, 3), new ReplicaGroup(1, 0, 3, 60), new ReplicaGroup(2, 0, 63, 7)]);
        Assert.Equal([60, 7, 3], tiles.All.ToArray().Select(tile => tile.Count));
    }
}
