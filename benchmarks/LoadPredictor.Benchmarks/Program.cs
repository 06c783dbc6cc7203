using DaprMoE.LoadPredictor.Benchmarks;

switch (args)
{
    case ["record", string model, string file]:
        RoutedRequestFile.Write(file, RoutingRecorder.Record(model, Console.Error));
        return 0;
    case ["evaluate", string file, .. string[] only]:
        new EvaluationReport(RoutedRequestFile.Read(file), Console.Out).Write(only.FirstOrDefault());
        return 0;
    case ["time"]:
        ForecastCost.Write(Console.Out);
        return 0;
    default:
        Console.Error.WriteLine("""
            record MODEL FILE   runs each of the model's prompts once and keeps where its tokens were routed
            evaluate FILE       compares predictors on that routing; one more word picks streams, shift-file or batches
            time                times forecasts and fits
            """);
        return 2;
}
