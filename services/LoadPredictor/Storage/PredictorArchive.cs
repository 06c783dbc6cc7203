using DaprMoE.Ports;
using Microsoft.ML;

namespace DaprMoE.LoadPredictor;

/// <summary>Turns candidates into what is kept in state, and back.</summary>
internal static class PredictorArchive
{
    public static StoredPredictor Pack(string model, LayerShape shape, FitOutcome outcome)
    {
        ILoadCandidate candidate = outcome.Best.Candidate;
        RegressionCandidate? regression = candidate as RegressionCandidate;
        return new StoredPredictor(
            model,
            shape,
            candidate.Name,
            outcome.Best.Accuracy,
            (candidate as Smoothing)?.Newest ?? 0,
            regression?.Matched?.Penalty ?? 0,
            regression?.Related.ToArray() ?? [],
            outcome.Model is null ? [] : Save(outcome.Model, outcome.Schema));
    }

    /// <summary>Makes the candidate again.</summary>
    /// <param name="stored">What was kept.</param>
    /// <param name="model">The served model.</param>
    /// <param name="series">Its windows so far.</param>
    /// <exception cref="DocumentException">It is another model's, or ML.NET can't read it; the message says which.</exception>
    public static ILoadCandidate Unpack(StoredPredictor stored, string model, LoadSeries series)
    {
        if (stored.Model != model || stored.Shape != series.Shape)
        {
            throw new DocumentException(
                $"{StateKeys.Predictor(RegressionForecaster.Name)} was fitted for {stored.Model} with {stored.Shape.Layers} layers of "
                + $"{stored.Shape.Experts} experts; served is {model} with {series.Shape.Layers} of {series.Shape.Experts}.");
        }

        if (stored.Archive.Length == 0)
        {
            return new Smoothing(stored.Newest);
        }

        MatchedWindows? matched = stored.Penalty > 0 ? new MatchedWindows(MatchedWindows.FirstOf(series), stored.Penalty) : null;
        return new RegressionCandidate(stored.Candidate, RelatedExperts.Read(stored.Related), matched, Load(stored.Archive));
    }

    private static byte[] Save(ITransformer model, DataViewSchema schema)
    {
        using MemoryStream bytes = new();
        new MLContext().Model.Save(model, schema, bytes);
        return bytes.ToArray();
    }

    private static IRowScorer Load(byte[] archive)
    {
        try
        {
            using MemoryStream bytes = new(archive);
            return RegressionTrainer.ScorerOf(new MLContext().Model.Load(bytes, out _));
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException or InvalidOperationException
            or ArgumentException or NotSupportedException or EndOfStreamException)
        {
            throw new DocumentException(
                $"{StateKeys.Predictor(RegressionForecaster.Name)} holds an archive of {archive.Length} bytes that ML.NET does not read: "
                + exception.Message,
                exception);
        }
    }
}
