namespace DaprMoE.Simulation.Tests;

public sealed class BatchSourceTests
{
    private static readonly RequestArrival[] Arrivals =
    [
        new(0.2, 700, 5), new(0.9, 100, 1), new(1.1, 3000, 3), new(1.2, 40, 2), new(60, 10, 4),
    ];

    public static TheoryData<string> Sources() => ["continuous", "second"];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Requests_ToTheirEnd_GetAllTheirTokens(string kind)
    {
        IBatchSource source =
            kind == "second" ? new SecondBatches(Arrivals) : new ContinuousBatches(Arrivals, tokenBudget: 512, maxRunning: 3);
        RequestTimes times = new();
        Batch batch = new();
        int prompts = 0;
        int decoded = 0;
        double now = 0;
        while (source.TryNext(now, batch, out double start))
        {
            Assert.True(start >= now);
            Assert.True(batch.Tokens > 0);
            prompts += batch.Prompts.Sum();
            decoded += batch.DecodeTokens;
            now = start + 0.05;
            source.Complete(start, now, times);
        }

        Assert.Equal(Arrivals.Sum(arrival => arrival.PromptTokens), prompts);
        Assert.Equal(Arrivals.Sum(arrival => arrival.GeneratedTokens - 1), decoded);
        Assert.Equal(Arrivals.Length, times.FirstToken.Count);
        Assert.Equal(Arrivals.Count(arrival => arrival.GeneratedTokens > 1), times.PerToken.Count);
        Assert.True(now > 60);
    }

    [Fact]
    public void SecondBatches_OfTheFirstSecond_StartWhenItEnds()
    {
        SecondBatches source = new(Arrivals);
        Batch batch = new();

        Assert.True(source.TryNext(0, batch, out double start));

        Assert.Equal(1, start);
        Assert.Equal([700, 100], batch.Prompts);
        Assert.Equal(0, batch.DecodeTokens);
    }

    [Fact]
    public void ContinuousBatches_WithALongPrompt_ComputeItInChunks()
    {
        ContinuousBatches source = new([new(0, 1000, 2), new(0, 1000, 2)], tokenBudget: 600, maxRunning: 8);
        RequestTimes times = new();
        Batch batch = new();
        List<string> shapes = [];
        double now = 0;
        while (source.TryNext(now, batch, out double start))
        {
            shapes.Add($"{batch.DecodeTokens}:{string.Join('+', batch.Prompts)}");
            source.Complete(start, ++now, times);
        }

        Assert.Equal(["0:600", "0:400+200", "1:599", "0:201", "1:"], shapes);
    }

    [Theory]
    [InlineData("64", new[] { 64, 64, 64 })]
    [InlineData("1x4096,2x8", new[] { 4096, 8, 8, 4096 })]
    public void Schedule_OfSizes_Repeats(string schedule, int[] tokens)
    {
        FixedBatches source = new(BatchSchedule.Parse(schedule), tokens.Length);
        Batch batch = new();
        List<int> sizes = [];
        while (source.TryNext(0, batch, out _))
        {
            sizes.Add(batch.Tokens);
        }

        Assert.Equal(tokens, sizes);
        Assert.Equal(schedule, BatchSchedule.Parse(schedule).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("1x2x3")]
    [InlineData("4096,")]
    [InlineData("-1x8")]
    public void Schedule_ThatIsNone_IsRefusedWithItsText(string schedule)
    {
        SimulationException refused = Assert.Throws<SimulationException>(() => BatchSchedule.Parse(schedule));
        Assert.Contains($"--tokens is {schedule}; it may be", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Second_WithMoreTokensThanCanBeCounted_IsRefusedWithTheNumber()
    {
        SecondBatches batches = new([.. Enumerable.Repeat(new RequestArrival(0.5, 1_000_000, 1), 3000)]);

        SimulationException refused = Assert.Throws<SimulationException>(() => batches.TryNext(0, new Batch(), out _));

        Assert.Contains("17000000 tokens; it may have 16777216", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_OfTheMostTokens_IsCounted()
    {
        Batch batch = new();
        batch.AddPrompt(Batch.MostTokens - 1);
        batch.AddDecodeTokens(1);

        Assert.Equal(Batch.MostTokens, batch.Tokens);
        Assert.Throws<SimulationException>(() => batch.AddDecodeTokens(int.MaxValue));
        Assert.Equal(Batch.MostTokens, batch.Tokens);
    }
}
