using System.Globalization;
using System.Text.Json.Serialization;
using DaprMoE.Predictors;

namespace DaprMoE.Cli;

/// <summary>Prints what forecasts cost.</summary>
internal static class ForecastCostOutput
{
    public static void Write(Terminal terminal, ForecastCost cost, bool json)
    {
        if (json)
        {
            JsonOutput.Write(terminal, cost, ForecastCostJson.Default.ForecastCost);
        }
        else
        {
            TableWriter.Write(terminal, TableOf(cost));
        }
    }

    public static Table TableOf(ForecastCost cost)
    {
        Table table = new(
            new Column($"cost, {cost.Rows} rows, {cost.Threads} threads"),
            new Column("microseconds", IsNumber: true),
            new Column("of own gate", IsNumber: true));
        table.Add("the layer's own gate", Number(cost.OwnGate, "0.0"), Number(1, "0.00"));
        foreach (PredictorCost predictor in cost.Predictors)
        {
            table.Add(predictor.Name, Number(predictor.Microseconds, "0.0"), Number(predictor.OfOwnGate, "0.00"));
        }

        return table;
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ForecastCost))]
internal sealed partial class ForecastCostJson : JsonSerializerContext;
