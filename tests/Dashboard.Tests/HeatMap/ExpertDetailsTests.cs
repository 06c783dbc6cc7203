namespace DaprMoE.Dashboard.Tests;

public sealed class ExpertDetailsTests
{
    [Theory]
    [InlineData(0, 0, "L1.E0: 100 tokens in the last second, 2 copies of 216.0 KiB: local-0 warm, planned, local-1 loading")]
    [InlineData(0, 2, "L1.E2: 0 tokens in the last second, not resident")]
    [InlineData(1, 2, "L3.E2: 4 tokens in the last second, 1 copy of 216.0 KiB: local-1 draining, planned")]
    public void Details_SayLoadAndCopies(int row, int expert, string expected) =>
        Assert.Equal(expected, ExpertDetails.Of(Snapshots.Map, row, expert));

    [Fact]
    public void Summary_SaysWhatThePictureShows() => Assert.Equal(
        "Heat map of 2 layers by 3 experts: 2 of 6 resident, 1 extra copies, busiest L1.E0 with 100 tokens in the last second.",
        ExpertDetails.Summary(Snapshots.Map));
}
