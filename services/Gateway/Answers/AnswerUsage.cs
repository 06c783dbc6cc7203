using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary>What the answers of a request took, and whether the client wants to know.</summary>
/// <param name="batch">The answers.</param>
/// <param name="bill">The request's bill; ended when it is written, since the answers are over then.</param>
/// <param name="parameters">What was asked for.</param>
internal sealed class AnswerUsage(AnswerBatch batch, RequestBills bill, GenerationParameters parameters)
{
    public AnswerBatch Batch => batch;

    /// <summary>Whether a stream ends with a chunk that has the usage.</summary>
    public bool IsInStream => IncludesBill || (parameters.StreamOptions?.IncludeUsage ?? false);

    private bool IncludesBill => parameters.Extensions?.Usage ?? false;

    /// <summary>Writes <c>usage</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("usage");
        AnswerFigures.WriteTokens(json, batch);
        if (IncludesBill)
        {
            WriteBill(json, bill.End());
        }

        json.WriteEndObject();
    }

    /// <summary>Writes <c>timings</c>.</summary>
    public void WriteTimings(Utf8JsonWriter json) => AnswerFigures.WriteTimings(json, batch);

    private static void WriteFigures(Utf8JsonWriter json, string name, BillFigures figures)
    {
        json.WritePropertyName(name);
        JsonSerializer.Serialize(json, figures, BillJson.Default.BillFigures);
    }

    private void WriteBill(Utf8JsonWriter json, BillPart part)
    {
        json.WriteStartObject("daprmoe");
        WriteFigures(json, "actual", part.Actual);
        WriteFigures(json, "static", part.Static!);
        json.WriteBoolean("sampled", bill.IsSampled);
        json.WriteEndObject();
    }
}
