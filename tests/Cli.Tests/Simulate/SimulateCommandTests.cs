namespace DaprMoE.Cli.Tests;

public sealed class SimulateCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("simulate").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Simulate_Plain()
    {
        Run run = await Run.Of(
            "simulate", "--model-shape", "64x6", "--layers", "4", "--tokens", "1x2048,3x8", "--iterations", "8", "--seeds", "2");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("layer-iterations in", run.Error, StringComparison.Ordinal);
        Snapshot.Match(run.Out, "Simulate_Plain");
    }

    [Fact]
    public async Task Simulate_Json()
    {
        Run run = await Run.Of(
            "simulate", "--policy", "static,moeless", "--layers", "2", "--iterations", "2", "--routing", "slots",
            "--forecast-accuracy", "1", "--copies", "instant", "--json");

        Assert.Equal(0, run.ExitCode);
        Snapshot.Match(run.Out, "Simulate_Json");
    }

    [Fact]
    public async Task Simulate_Checkpoint_TakesItsShape()
    {
        Run run = await Run.Of(
            "simulate", "--model-shape", "models/tiny-moe", "--arrivals", "poisson:2", "--seconds", "2", "--policy", "auto");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("tiny-moe, ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulate_RecordedForecast_IsReplayed()
    {
        string path = Path.Combine(_folder, "routing.jsonl");
        string prompts = Path.Combine(_folder, "prompts.jsonl");
        await File.WriteAllLinesAsync(
            prompts, Enumerable.Range(0, 6).Select(i => $$"""{"text":"Once upon a time there were {{i}} foxes"}"""), TestContext.Current.CancellationToken);
        Run recorded = await Run.Of("record", "--routing", path, "--predictors", "last,speculative-gate", "--prompts", prompts, "--max-tokens", "40");
        string[] simulate = ["simulate", "--routing", path, "--model-shape", "models/tiny-moe", "--policy", "moeless", "--forecast"];

        Run known = await Run.Of([.. simulate, "last"]);
        Run unknown = await Run.Of([.. simulate, "oracle"]);
        Run both = await Run.Of([.. simulate, "last", "--forecast-accuracy", "0.5"]);

        Assert.Equal((0, 0), (recorded.ExitCode, known.ExitCode));
        Assert.Matches(@"recorded batches; routing routing\.jsonl; forecasts of last, load accuracy 0\.\d\d\d", known.Out);
        Assert.Contains("has no forecasts of 'oracle'; it has last, speculative-gate.", unknown.Error, StringComparison.Ordinal);
        Assert.Contains("--forecast and --forecast-accuracy exclude one another", both.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cdf.csv", "policy,share,layer_seconds")]
    [InlineData("cdf.svg", "<svg")]
    [InlineData("cdf.png", "PNG")]
    public async Task Cdf_ByItsEnding_IsWritten(string name, string start)
    {
        string path = Path.Combine(_folder, name);

        Run run = await Run.Of("simulate", "--policy", "auto", "--layers", "2", "--iterations", "2", "--cdf", path);

        Assert.Equal(0, run.ExitCode);
        string text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.Contains(start, text[..200], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--policy", "static,best", "--policy is static,best; it may be names of auto, ")]
    [InlineData("--testbed", "4xh100", "8xa6000")]
    [InlineData("--model-shape", "gpt-5", "mixtral-8x7b")]
    [InlineData("--routing", "random", "slots, mix")]
    [InlineData("--layers", "33", "--layers is 33; it may be 1 to 32")]
    [InlineData("--zipf", "-1", "--zipf is -1; it may be 0 to 10")]
    [InlineData("--tokens", "0", "--tokens is 0; it may be")]
    [InlineData("--time", "cubic", "--time is cubic; it may be linear or roofline")]
    [InlineData("--overlap", "none", "--overlap is none; it may be replica or device")]
    [InlineData("--copies", "slow", "--copies is slow; it may be host-links or instant")]
    [InlineData("--forecast-accuracy", "1.1", "--forecast-accuracy is 1.1; it may be 0 to 1")]
    [InlineData("--arrivals", "poisson:x", "'x'")]
    [InlineData("--seconds", "5", "--seconds needs --arrivals")]
    [InlineData("--batching", "second", "--batching needs --arrivals")]
    [InlineData("--split", "moeless=odd", "--split is moeless=odd; it may be")]
    [InlineData("--cdf", "cdf.pdf", "it may end in .csv, .svg or .png")]
    [InlineData("--device-memory", "3", "has 3.0 GB")]
    [InlineData("--forecast", "last", "--forecast needs --routing with a recording")]
    [InlineData("--seeds", "0", "--seeds is 0; it may be 1 to 1000")]
    public async Task Option_OutOfRange_IsNamed(string option, string value, string why)
    {
        Run run = await Run.Of("simulate", option, value);

        Assert.InRange(run.ExitCode, 2, 3);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }
}
