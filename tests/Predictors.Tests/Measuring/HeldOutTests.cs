namespace DaprMoE.Predictors.Tests;

public sealed class HeldOutTests
{
    // Two prompts of 2 prompt tokens and 2 generated ones; 3 experts, 1 per token.
    private static readonly RecordedPrompt[] Prompts = [new(0, "", 0, 4, 2), new(1, "", 4, 4, 2)];
    private static readonly ushort[] Actual = [0, 1, 2, 2, 0, 0, 1, 2];

    [Fact]
    public void Decode_OfTwoPrompts_TakesOneTokenOfEachPerIteration() =>
        Assert.Equal([[2, 6], [3, 7]], LoadBatches.Decode(Prompts, slots: 2));

    [Fact]
    public void Decode_WithOneSlot_TakesPromptAfterPrompt() => Assert.Equal([[2], [3], [6], [7]], LoadBatches.Decode(Prompts, slots: 1));

    [Fact]
    public void Prefill_OfPrompts_FillsIterations() => Assert.Equal([[0, 1, 4]], LoadBatches.Prefill(Prompts, tokens: 3));

    [Fact]
    public void Measure_Forecast_CountsHitsAndComparesLoads()
    {
        RowForecast forecast = new(experts: 3, topK: 1, rows: 8);
        ushort[] foreseen = [0, 1, 2, 1, 0, 1, 1, 2];
        foreseen.CopyTo(forecast.Choices, 0);

        ForecastMeasures measures = new HeldOut(Prompts).Measure(forecast, LoadForm.Counts, Actual);

        Assert.Equal(6 / 8.0, measures.HitRate);
        Assert.Equal(3 / 4.0, measures.PromptHitRate);
        Assert.Equal(3 / 4.0, measures.DecodeHitRate);

        // One prefill of four tokens: [2, 2, 0] for [3, 1, 0].
        Assert.Equal(0.75, measures.PrefillAccuracy!.Value, 1e-12);

        // Two prompts are fewer than 64 slots: one iteration of two tokens, [0, 1, 1] for [0, 1, 1].
        Assert.Equal(1, measures.DecodeAccuracy!.Value, 1e-12);
    }

    [Fact]
    public void MeasureHistory_OfTheFirstIteration_IsEven()
    {
        ForecastMeasures measures = new HeldOut(Prompts).MeasureHistory(1, Actual, experts: 3, topK: 1);
        Assert.Null(measures.HitRate);
        Assert.Equal(1 - (0.5 * ((3 / 4.0) - (1 / 3.0) + (1 / 3.0) - (1 / 4.0) + (1 / 3.0))), measures.PrefillAccuracy!.Value, 1e-12);
    }

    [Fact]
    public void MeasureFixed_ByPhase_UsesTheSharesOfThePhase()
    {
        ForecastMeasures measures = new HeldOut(Prompts).MeasureFixed([3, 1, 0], [0, 1, 3], Actual, topK: 1);
        Assert.Equal(1, measures.PrefillAccuracy!.Value, 1e-12);
        Assert.Equal(3 / 4.0, measures.PromptHitRate);
        Assert.Equal(3 / 4.0, measures.DecodeHitRate);
        Assert.Equal(6 / 8.0, measures.HitRate);
    }
}
