using System.Text.Json;

namespace DaprMoE.Cli.Tests;

public sealed class TrainPredictorCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("daprmoe-train-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Training_FromAFewPrompts_ReportsEachLayerAndWritesTheFile()
    {
        string recording = Path.Combine(_folder, "r.safetensors");
        string predictors = Path.Combine(_folder, "p.safetensors");
        Run recorded = await Run.Of(
            "record", "--prompts", "models/tiny-moe/prompts/prompts-chat.jsonl", "--max-prompts", "30", "--max-tokens", "4", "--threads", "1", "--out", recording);
        Assert.True(recorded.ExitCode == 0, recorded.Error);

        Run run = await Run.Of(
            "train-predictor", "--recording", recording, "--distances", "4", "--mlp-seeds", "1", "--threads", "1", "--out", predictors, "--json");

        Assert.True(run.ExitCode == 0, run.Error);
        JsonElement result = JsonDocument.Parse(run.Out).RootElement;
        JsonElement[] layers = [.. result.GetProperty("report").GetProperty("layers").EnumerateArray()];
        Assert.Equal(6 + 2, layers.Length);
        Assert.Equal(
            ["raw-copy", "untrained-copy", "speculative-gate", "speculative-mlp", "training-mean", "last", "moving-average"],
            layers[7].GetProperty("predictors").EnumerateArray().Select(predictor => predictor.GetProperty("name").GetString()));
        Assert.Equal(
            ["speculative-gate", "speculative-mlp", "token-table"],
            result.GetProperty("cost_microseconds").GetProperty("predictors").EnumerateArray().Select(cost => cost.GetProperty("name").GetString()));
        Assert.True(File.Exists(predictors));
    }

    [Theory]
    [InlineData(2, "--distances is 0; it may be numbers from 1 to 8", "--distances", "0")]
    [InlineData(2, "--train-below is 2", "--train-below", "2")]
    [InlineData(3, "nowhere", "--recording", "nowhere")]
    [InlineData(3, "a recording of `daprmoe record` is wanted", "--recording", "models/tiny-moe/model.safetensors")]
    public async Task CommandLine_ThatIsWrong_SaysWhy(int exitCode, string why, params string[] words)
    {
        Run run = await Run.Of(["train-predictor", "--threads", "1", "--dry-run", .. words]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
    }

    /// <summary>The figures of docs/predictors.md, one layer ahead.</summary>
    [Fact]
    public async Task TinyMoe_OnHeldOutPrompts_ReachesWhatIsPromised()
    {
        SlowTests.Require();
        JsonElement report = await TrainAsync("--distances", "1", "--mlp-seeds", "1");

        JsonElement[] ahead = [.. report.GetProperty("layers").EnumerateArray().Where(layer => layer.GetProperty("distance").GetInt32() == 1)];
        double Mean(string predictor, string measure) => ahead.Average(layer => Measure(layer, predictor, measure));
        Assert.True(Mean("speculative-gate", "hit_rate") >= 0.81);
        Assert.True(Mean("speculative-mlp", "hit_rate") >= 0.88);
        Assert.True(Mean("speculative-gate", "decode_accuracy") >= 0.90);
        Assert.True(Measure(report.GetProperty("layers")[0], "token-table", "decode_accuracy") >= 0.91);
        Assert.All(ahead, layer => Assert.True(
            Measure(layer, "speculative-gate", "hit_rate") >= Measure(layer, "untrained-copy", "hit_rate")));
    }

    [Theory]
    [InlineData("story")]
    [InlineData("math")]
    public async Task TinyMoe_OnATopicLeftOut_IsNotBelowTheUntrainedCopy(string topic)
    {
        SlowTests.Require();
        JsonElement report = await TrainAsync("--distances", "1,2", "--mlp-seeds", "0", "--leave-out", topic);

        foreach (IGrouping<int, JsonElement> layers in report.GetProperty("layers").EnumerateArray()
            .Where(layer => layer.GetProperty("distance").GetInt32() > 0).GroupBy(layer => layer.GetProperty("distance").GetInt32()))
        {
            Assert.True(
                layers.Average(layer => Measure(layer, "speculative-gate", "hit_rate"))
                >= layers.Average(layer => Measure(layer, "untrained-copy", "hit_rate")));
        }
    }

    private static async Task<JsonElement> TrainAsync(params string[] words)
    {
        Run run = await Run.Of(["train-predictor", "--dry-run", "--json", .. words]);
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonDocument.Parse(run.Out).RootElement.GetProperty("report");
    }

    private static double Measure(JsonElement layer, string predictor, string measure) => layer.GetProperty("predictors").EnumerateArray()
        .Single(entry => entry.GetProperty("name").GetString() == predictor)
        .GetProperty("measures").GetProperty(measure).GetDouble();
}
