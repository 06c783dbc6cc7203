namespace DaprMoE.Predictors.Tests;

public sealed class RoutingFileTests : IDisposable
{
    private static readonly MoeShape Shape = new()
    {
        Fingerprint = "f",
        HiddenSize = 2,
        VocabularySize = 100,
        Layers = [new MoeLayerShape(1, 3, 1), new MoeLayerShape(2, 3, 2)],
    };

    private static readonly RoutingIteration Iteration = new(
        2, 1, [[1, 1, 0], [2, 0, 2]], [[0, 1], [0, 2, 2, 0]],
        new Dictionary<string, IReadOnlyList<RoutingForecast>>
        {
            ["last"] = [new(ForecastBasis.Even, [0.5f, 0.75f, 0.75f]), new(ForecastBasis.Last, [2, 0.25f, 1.75f])],
        });

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        string path = Write(maxBytes: 1 << 20, Iteration, Iteration);

        RoutingHeader header = RoutingReader.ReadHeader(path);
        Assert.Equal(("f", 1), (header.Fingerprint, header.Distance));
        Assert.Equal([[1, 3, 1], [2, 3, 2]], header.Layers);
        List<RoutingIteration> read = [.. RoutingReader.ReadIterations(path)];
        Assert.Equal(2, read.Count);
        Assert.Equal((2, 1), (read[1].Rows, read[1].PromptRows));
        Assert.Equal(Iteration.Loads, read[1].Loads);
        Assert.Equal(Iteration.Choices, read[1].Choices);
        Assert.Equal(ForecastBasis.Last, read[1].Forecasts["last"][1].Basis);
        Assert.Equal([2, 0.25f, 1.75f], read[1].Forecasts["last"][1].Loads);
    }

    [Fact]
    public void Write_BeyondTheBound_LeavesTheRestOut()
    {
        string whole = Write(1 << 20, Iteration, Iteration);
        long bytes = new FileInfo(whole).Length;
        using RoutingWriter writer = new(_folder.File("b"), RoutingHeader.Of(Shape, 1, ["last"]), bytes);
        for (int i = 0; i < 5; i++)
        {
            writer.Write(Iteration);
        }

        Assert.Equal((2, 3), (writer.Iterations, writer.LeftOut));
        writer.Dispose();
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(_folder.File("b")));
    }

    [Theory]
    [InlineData("", "does not begin with a header of daprmoe.routing, version 1")]
    [InlineData("{\"loads\":[[1]]}", "does not begin with a header")]
    public void Read_OtherFile_IsRefused(string text, string why)
    {
        File.WriteAllText(_folder.File("x"), text);
        PredictorException refused = Assert.Throws<PredictorException>(() => RoutingReader.ReadHeader(_folder.File("x")));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("nothing")]
    [InlineData("{\"rows\":2,\"prompt_rows\":1,\"loads\":[[1,1,0]],\"choices\":[[0,1]],\"forecasts\":{\"last\":[]}}")]
    [InlineData("{\"rows\":1,\"prompt_rows\":1,\"loads\":[[1,0,0],[1,0,1]],\"choices\":[[0],[0,7]],\"forecasts\":{\"last\":"
        + "[{\"basis\":\"Even\",\"loads\":[1,0,0]},{\"basis\":\"Even\",\"loads\":[1,1,0]}]}}")]
    public void Read_LineThatDoesNotFit_IsNamed(string line)
    {
        string path = Write(1 << 20, Iteration);
        File.AppendAllText(path, line + "\n");
        PredictorException refused = Assert.Throws<PredictorException>(() => RoutingReader.ReadIterations(path).Count());
        Assert.Contains($"{path}:3 is no iteration", refused.Message, StringComparison.Ordinal);
    }

    private string Write(long maxBytes, params RoutingIteration[] iterations)
    {
        string path = _folder.File("r.jsonl");
        using RoutingWriter writer = new(path, RoutingHeader.Of(Shape, 1, ["last"]), maxBytes);
        foreach (RoutingIteration iteration in iterations)
        {
            writer.Write(iteration);
        }

        return path;
    }
}
