using System.Text.Json;
using DaprMoE.Predictors;

namespace DaprMoE.Cli.Tests;

public sealed class RecordCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("daprmoe-record-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Prompts_Recorded_AreThoseOfTheFileWithTheirTopics()
    {
        string prompts = Write(
            "p.jsonl",
            """{"topic": "chat", "messages": [{"role": "user", "content": "Hello!"}]}""", "",
            """{"text": "Once upon a time"}""");
        string recorded = Path.Combine(_folder, "r.safetensors");

        Run run = await Run.Of("record", "--prompts", prompts, "--out", recorded, "--max-tokens", "4", "--threads", "1", "--json");

        Assert.True(run.ExitCode == 0, run.Error);
        JsonElement result = JsonDocument.Parse(run.Out).RootElement.GetProperty("recording");
        Recording recording = RecordingFile.Read(recorded);
        Assert.Equal(["chat", ""], recording.Prompts.Select(prompt => prompt.Topic));

        // The last token that was generated is never read.
        Assert.All(recording.Prompts, prompt => Assert.InRange(prompt.Tokens - prompt.PromptTokens, 1, 3));
        Assert.Equal(recording.Tokens, result.GetProperty("prompt_tokens").GetInt32() + result.GetProperty("decode_tokens").GetInt32());
        Assert.Equal((6, 192), (recording.Shape.Layers.Count, recording.Shape.HiddenSize));
    }

    [Fact]
    public async Task Routing_Recorded_IsReadByTheSimulator()
    {
        string prompts = Write("p.jsonl", [.. Enumerable.Range(1, 6).Select(i => $$"""{"text": "{{i}} plus {{i}} is"}""")]);
        string routing = Path.Combine(_folder, "r.jsonl");

        Run run = await Run.Of(
            "record", "--prompts", prompts, "--routing", routing, "--predictors", "speculative-gate,last", "--max-tokens", "6", "--batch", "3",
            "--threads", "1");

        Assert.True(run.ExitCode == 0, run.Error);
        RoutingHeader header = RoutingReader.ReadHeader(routing);
        Assert.Equal(["speculative-gate", "last"], header.Predictors);
        List<RoutingIteration> iterations = [.. RoutingReader.ReadIterations(routing)];
        foreach (RoutingIteration iteration in iterations)
        {
            Assert.All(iteration.Loads, loads => Assert.Equal(2 * iteration.Rows, loads.Sum()));
            Assert.All(iteration.Forecasts["last"], forecast => Assert.Equal(2 * iteration.Rows, forecast.Loads.Sum(), 0.01f));
        }

        Assert.Equal(ForecastBasis.Even, iterations[0].Forecasts["last"][0].Basis);
        Assert.Equal(ForecastBasis.Last, iterations[1].Forecasts["last"][5].Basis);
        Assert.Equal(iterations[0].Loads[4].Select(load => (double)load / iterations[0].Rows),
            iterations[1].Forecasts["last"][4].Loads.Select(load => Math.Round(load / iterations[1].Rows, 5)), (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.Equal(ForecastBasis.UntrainedCopy, iterations[0].Forecasts["speculative-gate"][1].Basis);

        Run simulated = await Run.Of("simulate", "--routing", routing, "--model-shape", "mixtral-8x7b", "--seeds", "1", "--json");
        Assert.Contains("records 16 experts per layer", simulated.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "Nothing would be written")]
    [InlineData(2, "There is no predictor 'oracle'", "--routing", "r", "--predictors", "oracle")]
    [InlineData(2, "--predictors needs --routing", "--out", "r", "--predictors", "last")]
    [InlineData(3, "There is no file or folder", "--out", "r", "--prompts", "nowhere")]
    [InlineData(3, "config.json:1 is no prompt", "--out", "r", "--prompts", "models/tiny-moe/config.json")]
    public async Task CommandLine_ThatIsWrong_SaysWhy(int exitCode, string why, params string[] words)
    {
        Run run = await Run.Of(["record", "--threads", "1", .. words]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
    }

    private string Write(string name, params string[] lines)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllLines(path, lines);
        return path;
    }
}
