namespace DaprMoE.LoadPredictor;

/// <summary>The numbers of a fitted model, taken out of ML.NET: many times faster per row than its pipeline, with the same bits.</summary>
internal interface IRowScorer
{
    float Score(ReadOnlySpan<float> row);
}
