using System.Globalization;
using DaprMoE.Predictors;

namespace DaprMoE.Cli;

/// <summary>What training came to, for a person.</summary>
internal static class TrainPredictorTables
{
    private const string Note =
        "hit: share of the chosen experts that were foreseen, prompt and generated tokens apart. accuracy: 1 - L1/2 of the loads of "
        + "iterations of 512 prompt tokens or 64 generated ones; r: Pearson's of those loads; *: what serves. An even forecast and the "
        + "training mean have high accuracy already: compare with them.";

    public static void Write(Terminal terminal, TrainPredictorResult result)
    {
        PredictorReport report = result.Report;
        string measured = report.LeftOut is null
            ? "others"
            : $"prompts of the topic '{report.LeftOut}', of which training saw {report.NewestPrompts}";
        terminal.Out.WriteLine(
            $"Trained on {report.TrainPrompts} prompts ({Quantity.Tokens(report.TrainTokens)}), stopped by {report.EarlyStopPrompts}, "
            + $"measured on {report.TestPrompts} {measured}.");
        TableWriter.Write(terminal, Measures(report));
        terminal.Out.WriteLine();
        TableWriter.Write(terminal, Means(report));
        terminal.Out.WriteLine();
        TableWriter.Write(terminal, ForecastCostOutput.TableOf(result.CostMicroseconds));
        terminal.Out.WriteLine(Note);
        terminal.Out.WriteLine(result.File is null ? "Nothing was written (--dry-run)." : $"Written to {result.File}.");
    }

    private static Table Measures(PredictorReport report)
    {
        Table table = NewTable("layers");
        foreach (LayerReport layer in report.Layers)
        {
            string name = layer.Source is { } source
                ? string.Create(CultureInfo.InvariantCulture, $"{source} -> {layer.Layer}")
                : string.Create(CultureInfo.InvariantCulture, $"tokens -> {layer.Layer}");
            foreach (MeasuredPredictor predictor in layer.Predictors)
            {
                Add(table, name, predictor, predictor.Measures, serves: predictor.Name == layer.Serves);
                name = "";
            }
        }

        return table;
    }

    /// <summary>Means over the layers of each distance.</summary>
    private static Table Means(PredictorReport report)
    {
        Table table = NewTable("mean, d");
        foreach (IGrouping<int, LayerReport> layers in report.Layers.GroupBy(layer => layer.Distance).Where(group => group.Key > 0))
        {
            string name = layers.Key.ToString(CultureInfo.InvariantCulture);
            IEnumerable<MeasuredPredictor> predictors = layers.SelectMany(layer => layer.Predictors);
            foreach (IGrouping<string, MeasuredPredictor> same in predictors.GroupBy(predictor => predictor.Name))
            {
                Add(table, name, same.First(), MeasureMeans.Of([.. same.Select(predictor => predictor.Measures)]), serves: false);
                name = "";
            }
        }

        return table;
    }

    private static Table NewTable(string first) => new(
        new Column(first), new Column("predictor"), new Column("parameters", IsNumber: true), new Column("hit prompt", IsNumber: true),
        new Column("hit decode", IsNumber: true), new Column("hit all", IsNumber: true), new Column("accuracy 512", IsNumber: true),
        new Column("accuracy 64", IsNumber: true), new Column("r 512", IsNumber: true), new Column("r 64", IsNumber: true));

    private static void Add(Table table, string layer, MeasuredPredictor predictor, ForecastMeasures measures, bool serves)
    {
        string name = predictor.Name + (serves ? " *" : "");
        table.Add(
            layer, new Cell(name, serves ? Tone.Good : Tone.Plain), predictor.Parameters == 0 ? "" : Quantity.Count(predictor.Parameters),
            Share(measures.PromptHitRate), Share(measures.DecodeHitRate), Share(measures.HitRate), Share(measures.PrefillAccuracy),
            Share(measures.DecodeAccuracy), Share(measures.PrefillCorrelation), Share(measures.DecodeCorrelation));
    }

    private static string Share(double? value) => value is { } number ? Number(number, "0.000") : "";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
