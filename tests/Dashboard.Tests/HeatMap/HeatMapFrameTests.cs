namespace DaprMoE.Dashboard.Tests;

public sealed class HeatMapFrameTests
{
    private const int Absent = 0;
    private const int Draining = 1;
    private const int Loading = 2;
    private const int Warm = 3;
    private const int NoExpert = 7;

    [Fact]
    public void Cells_HoldLoad_Residency_AndCopies()
    {
        HeatMapFrame frame = HeatMapFrame.Of(Snapshots.Map);

        Assert.Equal((2, 3), (frame.Rows, frame.Columns));
        Assert.Equal((255, Warm, 2), Cell(frame, 0, 0));
        // A quarter of the busiest one's tokens is half of the square-root scale.
        Assert.Equal((128, Loading, 1), Cell(frame, 0, 1));
        Assert.Equal((0, Absent, 0), Cell(frame, 0, 2));
        Assert.Equal((51, Draining, 1), Cell(frame, 1, 2));
    }

    [Fact]
    public void Cells_WithoutTokens_AreAllCold()
    {
        HeatMapFrame frame = HeatMapFrame.Of(new ExpertMap([new LayerLoad(0, [0L, 0L])], []));

        Assert.All(frame.Cells, part => Assert.Equal(0, part));
    }

    [Fact]
    public void Cells_OfNarrowerLayers_AreMarked()
    {
        HeatMapFrame frame = HeatMapFrame.Of(new ExpertMap([new LayerLoad(0, [1L, 2L, 3L]), new LayerLoad(1, [1L])], []));

        Assert.Equal(NoExpert, Cell(frame, 1, 1).State);
        Assert.Equal(NoExpert, Cell(frame, 1, 2).State);
        Assert.Equal(Absent, Cell(frame, 1, 0).State);
    }

    [Fact]
    public void Copies_BeyondThePicturesRoom_StayAtTheMost()
    {
        ReplicaView[] many = [.. Enumerable.Range(0, 40).Select(index => Snapshots.Replica(0, 0, index, "local-0", ReplicaStates.Warm))];

        HeatMapFrame frame = HeatMapFrame.Of(new ExpertMap([new LayerLoad(0, [1L])], many));

        Assert.Equal((255, Warm, 31), Cell(frame, 0, 0));
    }

    [Fact]
    public void LooksLike_TellsFramesApart()
    {
        HeatMapFrame frame = HeatMapFrame.Of(Snapshots.Map);

        Assert.True(frame.LooksLike(HeatMapFrame.Of(Snapshots.Map)));
        Assert.False(frame.LooksLike(HeatMapFrame.Of(Snapshots.Map with { Replicas = [] })));
    }

    private static (int Load, int State, int Copies) Cell(HeatMapFrame frame, int row, int column)
    {
        int at = 2 * ((row * frame.Columns) + column);
        return (frame.Cells[at], frame.Cells[at + 1] & 7, frame.Cells[at + 1] >> 3);
    }
}
