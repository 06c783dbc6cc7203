namespace DaprMoE.Simulation.Tests;

public sealed class RecordedRoutingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("routing").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("r.csv", "iteration,layer,expert,tokens\n0,0,0,3\n0,0,1,1\n0,1,1,4\n1,0,0,2\n1,1,0,2\n")]
    [InlineData("r.jsonl", "{\"loads\":[[3,1],[0,4]]}\n{\"loads\":[[2,0],[2,0]]}\n")]
    [InlineData("h.jsonl", "{\"format\":\"daprmoe.routing\",\"version\":1}\n{\"rows\":4,\"loads\":[[3,1],[0,4]]}\n{\"loads\":[[2,0],[2,0]]}\n")]
    public void Recording_OfEitherFormat_PlaysItsIterations(string name, string text)
    {
        IRouting routing = RoutingRegistry.Create(Write(name, text), Settings(history: 0));
        Batch batch = Batch.OfTokens(64);

        Assert.Equal((2, 2), (routing.Layers, routing.Experts));
        Assert.True(routing.MoveNext(batch));
        Assert.Equal([3, 1], routing.Loads(0).ToArray());
        Assert.Equal([0, 4], routing.Loads(1).ToArray());
        Assert.Equal(4, batch.Tokens);
        Assert.True(routing.MoveNext(batch));
        Assert.Equal([2, 0], routing.Loads(1).ToArray());
        Assert.False(routing.MoveNext(batch));
    }

    [Fact]
    public void Recording_PromptRows_MakeABatchOfPromptsAndDecodeTokens()
    {
        IRouting routing = RoutingRegistry.Create(Write("r.jsonl", "{\"rows\":4,\"prompt_rows\":3,\"loads\":[[3,1],[0,4]]}\n"), Settings(history: 0));
        Batch batch = new();

        Assert.True(routing.MoveNext(batch));
        Assert.Equal((1, 4), (batch.DecodeTokens, batch.Tokens));
        Assert.Equal([3], batch.Prompts);
        Assert.True(routing.Forecast(0).IsEmpty);
    }

    [Fact]
    public void Recording_WithHistory_BeginsAfterIt()
    {
        IRouting routing = RoutingRegistry.Create(Write("r.jsonl", "{\"loads\":[[3,1]]}\n{\"loads\":[[2,0]]}\n"), Settings(history: 1));
        IRouting older = routing.Older(4);
        Batch batch = new();

        Assert.True(older.MoveNext(batch));
        Assert.Equal([3, 1], older.Loads(0).ToArray());
        Assert.False(older.MoveNext(batch));
        Assert.True(routing.MoveNext(batch));
        Assert.Equal([2, 0], routing.Loads(0).ToArray());
    }

    [Theory]
    [InlineData("r.csv", "a,b\n", ":1 is not the header")]
    [InlineData("r.csv", "iteration,layer,expert,tokens\n0,0,0\n", ":2 is not four whole numbers")]
    [InlineData("r.csv", "iteration,layer,expert,tokens\n0,0,0,-1\n", ":2 is not four whole numbers")]
    [InlineData("r.csv", "iteration,layer,expert,tokens\n", "records no iteration")]
    [InlineData("r.csv", "iteration,layer,expert,tokens\n0,0,2,1\n", "records 3 experts per layer")]
    [InlineData("r.jsonl", "{\"loads\":[[1,2],[3]]}\n", ":1 is not")]
    [InlineData("r.jsonl", "{\"loads\":[[1,2]]}\n{\"loads\":[[1,2],[3,4]]}\n", ":2 is not 1 layers")]
    [InlineData("r.jsonl", "{\"load\":1}\n", ":1 is not")]
    [InlineData("r.txt", "", "neither .csv nor .jsonl")]
    public void Recording_ThatIsMalformed_IsRefused(string name, string text, string why)
    {
        SimulationException refused =
            Assert.Throws<SimulationException>(() => RoutingRegistry.Create(Write(name, text), Settings(history: 0)));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recording_ThatIsShorterThanItsHistory_IsRefused()
    {
        SimulationException refused = Assert.Throws<SimulationException>(
            () => RoutingRegistry.Create(Write("r.jsonl", "{\"loads\":[[3,1]]}\n"), Settings(history: 4)));
        Assert.Contains("records 1 iterations, of which 4 are history", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recording_OfFewerLayers_IsRefused()
    {
        string path = Write("r.jsonl", "{\"loads\":[[3,1]]}\n");
        SimulationException refused =
            Assert.Throws<SimulationException>(() => RoutingRegistry.Create(path, Settings(history: 0) with { Layers = 2 }));
        Assert.Contains("records 1 layers, 2 are to be simulated", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Routing_ThatIsUnknown_IsRefusedWithTheNames()
    {
        SimulationException refused = Assert.Throws<SimulationException>(() => RoutingRegistry.Create("random", Settings(history: 0)));
        Assert.Contains("slots, mix", refused.Message, StringComparison.Ordinal);
    }

    private static RoutingSettings Settings(int history) =>
        new() { Layers = 1, Experts = 2, TopK = 1, Seed = 1, HistoryIterations = history };

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
