using Microsoft.ML;

namespace DaprMoE.LoadPredictor;

/// <summary>What a refit gave.</summary>
/// <param name="Best">The candidate that serves from now on.</param>
/// <param name="Scores">All candidates on the held-out windows.</param>
/// <param name="Model">The best one's model as ML.NET keeps it; null for smoothing.</param>
/// <param name="Schema">Schema of the rows, which a model is saved with.</param>
/// <param name="HeldOut">Windows that decided.</param>
internal sealed record FitOutcome(
    CandidateScore Best, IReadOnlyList<CandidateScore> Scores, ITransformer? Model, DataViewSchema Schema, int HeldOut)
{
    /// <summary>Candidates whose native library this system lacks, with what it says; the others compete without them.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}
