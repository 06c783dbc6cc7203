using System.Text.Json;

namespace DaprMoE.Scheduling;

/// <summary>
/// The splits of the vectors by their names there: <c>even</c> in real numbers, <c>integer</c> and <c>crossover</c> in whole tokens.
/// </summary>
internal static class VectorSplit
{
    public static double[] Divide(double[] loads, LayerPlan plan, string mode, double crossover)
    {
        double[] shares = new double[plan.Count];
        EvenShares.Split(loads, plan, shares);
        if (mode == "even")
        {
            return shares;
        }

        ISplitRule rule = mode switch
        {
            "integer" => SplitRules.Get("even"),
            "crossover" => SplitRules.Get("even-crossover"),
            _ => throw Check.Error(SchedulingError.BadMode, $"There is no split '{mode}'; there are even, integer, crossover."),
        };
        SplitResult result = new();
        rule.Split(Array.ConvertAll(loads, load => (int)load), plan, new SplitContext(default, crossover), result);
        return Array.ConvertAll(result.Tokens.ToArray(), tokens => (double)tokens);
    }

    public static LayerTime Time(JsonElement input, double[] loads, LayerPlan plan, DeviceOverlap overlap, double[] deviceTokens)
    {
        string mode = input.GetProperty("split").GetString() ?? "";
        double[] shares = Divide(loads, plan, mode, input.Optional("crossover")?.GetDouble() ?? 0);
        return LayerTiming.Of<double>(
            plan, shares, input.Model(), input.GetProperty("beta").GetDouble(), overlap, deviceTokens, new double[plan.Devices]);
    }
}
