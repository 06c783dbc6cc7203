namespace DaprMoE.Simulation.Tests;

public sealed class ArrivalSourceTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"arrivals-{Guid.NewGuid():N}.csv");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void File_OfAzuresColumns_IsReadFromItsFirstArrival()
    {
        File.WriteAllText(
            _path,
            "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.6805900,374,44\n2023-11-16 18:15:48.1805900,396,109\n");

        Assert.Equal([new(0, 374, 44), new(1.5, 396, 109)], ArrivalSource.Create(_path, 60, 1));
        Assert.Equal([new(0, 374, 44)], ArrivalSource.Create(_path, 1, 1));
    }

    [Theory]
    [InlineData("a,b\n", ":1 is not the header")]
    [InlineData("TIMESTAMP,ContextTokens,GeneratedTokens\nnow,1,1\n", ":2 is not a time")]
    [InlineData("TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46,1,-1\n", ":2 is not a time")]
    [InlineData("TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46,1,1\n2023-11-16 18:15:45,1,1\n", ":3 is earlier")]
    [InlineData(
        "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46,2147483647,1\n",
        ":2: ContextTokens is 2147483647; it may be 0 to 1000000")]
    [InlineData(
        "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46,9,1\n2023-11-16 18:15:47,9,1000001\n",
        ":3: GeneratedTokens is 1000001; it may be")]
    [InlineData("TIMESTAMP,ContextTokens,GeneratedTokens\n", "has no arrivals")]
    public void File_ThatIsMalformed_IsRefusedByLine(string text, string why)
    {
        File.WriteAllText(_path, text);

        SimulationException refused = Assert.Throws<SimulationException>(() => ArrivalSource.Create(_path, 60, 1));

        Assert.Contains(_path, refused.Message, StringComparison.Ordinal);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_WithTheMostTokensOfALine_IsRead()
    {
        File.WriteAllText(_path, "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46,1000000,1000000\n");

        Assert.Equal([new(0, 1_000_000, 1_000_000)], ArrivalSource.Create(_path, 60, 1));
    }

    [Theory]
    [InlineData("poisson:0")]
    [InlineData("poisson:fast")]
    [InlineData("poisson:-1")]
    [InlineData("nowhere.csv")]
    public void Source_ThatIsNone_IsRefused(string text) =>
        Assert.Throws<SimulationException>(() => ArrivalSource.Create(text, 60, 1));

    [Fact]
    public void Poisson_OfARate_KeepsItAndItsSeed()
    {
        IReadOnlyList<RequestArrival> arrivals = ArrivalSource.Create("poisson:5", 1000, 1);

        Assert.InRange(arrivals.Count, 4700, 5300);
        Assert.InRange(arrivals.Average(arrival => arrival.PromptTokens), 1100, 1210);
        Assert.Equal(arrivals.OrderBy(arrival => arrival.Seconds), arrivals);
        Assert.Equal(arrivals, ArrivalSource.Create("poisson:5", 1000, 1));
    }
}
