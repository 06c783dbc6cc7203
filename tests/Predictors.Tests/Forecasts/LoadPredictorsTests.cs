namespace DaprMoE.Predictors.Tests;

public sealed class LoadPredictorsTests : IClassFixture<TrainedModel>
{
    private const int Rows = 6;

    private readonly TrainedModel _trained;
    private readonly float[] _gateInput;
    private readonly int[] _tokens = [1, 2, 3, 4, 5, 319];
    private readonly float[] _loads = new float[16];

    public LoadPredictorsTests(TrainedModel trained)
    {
        _trained = trained;
        Random random = new(2);
        _gateInput = [.. Enumerable.Range(0, Rows * 64).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    public static TheoryData<string> Names => [.. LoadPredictors.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Forecast_OfAnyPredictor_AddsUpToTheAssignments(string name)
    {
        using ILoadPredictor predictor = Create(name);
        for (int layer = 0; layer < 3; layer++)
        {
            predictor.Forecast(Input(layer), _loads);
            Assert.Equal(Rows * 4, _loads.Sum(), 0.1f);
            Assert.All(_loads, load => Assert.True(load >= 0));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Forecast_OfAnyPredictor_AllocatesNothing(string name)
    {
        using ILoadPredictor predictor = Create(name);
        int[] choices = new int[Rows * 4];
        int[] observed = [.. Enumerable.Range(0, 16)];
        void Step()
        {
            for (int layer = 0; layer < 3; layer++)
            {
                ForecastInput input = new()
                {
                    Layer = layer,
                    Source = layer - 1,
                    Rows = Rows,
                    GateInput = layer > 0 ? _gateInput : [],
                    Tokens = _tokens,
                    Choices = choices,
                };
                predictor.Forecast(input, _loads);
                predictor.Observe(layer, observed);
            }
        }

        for (int i = 0; i < 50; i++)
        {
            Step();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++)
        {
            Step();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Untrained_SpeculativeGate_CountsTheCopiedGatesChoices()
    {
        LoadPredictorSetup setup = _trained.Setup with { Trained = null };
        using ILoadPredictor predictor = LoadPredictors.Create("speculative-gate", setup);
        int[] choices = new int[Rows * 4];
        ForecastInput input = new() { Layer = 1, Source = 0, Rows = Rows, GateInput = _gateInput, Choices = choices };

        ForecastBasis basis = predictor.Forecast(input, _loads);

        Assert.Equal(ForecastBasis.UntrainedCopy, basis);
        Assert.Equal(Counts(choices), _loads);
        Assert.Equal(Expected(GateCopy.Folded(_trained.Model, 0, 1)), choices);
    }

    [Theory]
    [InlineData("speculative")]
    [InlineData("speculative-gate")]
    public void Forecast_InTheFirstLayer_UsesTheTokens(string name)
    {
        using ILoadPredictor predictor = Create(name);
        Assert.Equal(ForecastBasis.TokenTable, predictor.Forecast(Input(0), _loads));
        Assert.True(predictor.Forecast(Input(1), _loads) >= ForecastBasis.UntrainedCopy);
    }

    [Fact]
    public void Forecast_WithoutWhatItNeeds_FallsBackToTheMeanAndSaysSo()
    {
        using ILoadPredictor predictor = Create("speculative-mlp");
        ForecastInput input = new() { Layer = 1, Rows = 2 };
        Assert.Equal(ForecastBasis.Even, predictor.Forecast(input, _loads));
        Assert.All(_loads, load => Assert.Equal(0.5f, load));

        int[] seen = new int[16];
        seen[3] = 30;
        seen[4] = 10;
        predictor.Observe(1, seen);
        Assert.Equal(ForecastBasis.MovingAverage, predictor.Forecast(input, _loads));
        Assert.Equal((6f, 2f), (_loads[3], _loads[4]));
    }

    [Fact]
    public void History_LastAndAverage_DifferByTheirWindow()
    {
        using ILoadPredictor last = Create("last");
        using ILoadPredictor average = Create("moving-average");
        for (int expert = 0; expert < 10; expert++)
        {
            int[] seen = new int[16];
            seen[expert] = 4;
            last.Observe(2, seen);
            average.Observe(2, seen);
        }

        ForecastInput input = new() { Layer = 2, Rows = 8 };
        Assert.Equal(ForecastBasis.Last, last.Forecast(input, _loads));
        Assert.Equal(32, _loads[9]);
        Assert.Equal(ForecastBasis.MovingAverage, average.Forecast(input, _loads));
        Assert.Equal([0, 0, 4, 4, 4, 4, 4, 4, 4, 4, 0, 0, 0, 0, 0, 0], _loads);
    }

    [Fact]
    public void TokenTable_OfAnUnknownToken_GivesTheMean()
    {
        int unknown = Enumerable.Range(0, 320).First(token => !_trained.Predictors.Table.Tokens.Contains(token));
        using ILoadPredictor predictor = Create("token-table");
        predictor.Forecast(new ForecastInput { Layer = 0, Rows = 1, Tokens = [unknown] }, _loads);

        TokenTable table = _trained.Predictors.Table;
        ReadOnlySpan<ushort> mean = table.Layers[0].Shares.AsSpan(table.Tokens.Length * 16, 16);
        if (table.Layers[0].Form == LoadForm.Soft)
        {
            Assert.Equal(4 * BrainFloat.Widen(mean[3]), _loads[3], 1e-6f);
        }
        else
        {
            Assert.Equal(4, _loads.Sum());
        }
    }

    [Fact]
    public void Create_UnknownName_ListsTheNames()
    {
        PredictorException refused = Assert.Throws<PredictorException>(() => Create("crystal-ball"));
        Assert.Contains(
            "last, moving-average, speculative, speculative-gate, speculative-mlp, token-table", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("speculative-mlp")]
    [InlineData("speculative")]
    [InlineData("token-table")]
    public void Create_WhatIsNotTrained_NamesTheRemedy(string name)
    {
        PredictorException refused =
            Assert.Throws<PredictorException>(() => LoadPredictors.Create(name, _trained.Setup with { Trained = null }));
        Assert.Contains("daprmoe train-predictor", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Forecast_ForALayerWithoutExpertsOrOfTheWrongSize_IsRefused()
    {
        using ILoadPredictor predictor = Create("speculative-gate");
        Assert.Throws<ArgumentException>(() => predictor.Forecast(new ForecastInput { Layer = 9, Rows = 1 }, _loads));
        Assert.Throws<ArgumentException>(
            () => predictor.Forecast(new ForecastInput { Layer = 1, Source = 0, Rows = 2, GateInput = new float[5] }, _loads));
        Assert.Throws<ArgumentException>(() => predictor.Forecast(new ForecastInput { Layer = 1, Rows = 1 }, new float[3]));
    }

    private ILoadPredictor Create(string name) => LoadPredictors.Create(name, _trained.Setup);

    private ForecastInput Input(int layer) => new()
    {
        Layer = layer,
        Source = layer - 1,
        Rows = Rows,
        GateInput = layer > 0 ? _gateInput : [],
        Tokens = _tokens,
    };

    private static float[] Counts(int[] choices)
    {
        float[] counts = new float[16];
        foreach (int expert in choices)
        {
            counts[expert]++;
        }

        return counts;
    }

    /// <summary>The four largest of plain sums over inputs.</summary>
    private int[] Expected(NetworkWeights gate)
    {
        float[] weights = gate.Layers[0].Widen();
        return [.. Enumerable.Range(0, Rows).SelectMany(row => Enumerable.Range(0, 16)
            .OrderByDescending(expert => Enumerable.Range(0, 64).Sum(i => (double)weights[(expert * 64) + i] * _gateInput[(row * 64) + i]))
            .Take(4))];
    }
}
