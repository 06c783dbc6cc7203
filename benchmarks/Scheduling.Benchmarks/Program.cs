using DaprMoE.Scheduling;
using DaprMoE.Scheduling.Benchmarks;
using DaprMoE.Scheduling.Tests;

// Prints what decisions cost as a Markdown table: mean, percentiles over single calls, and bytes allocated.
const int FastCalls = 200_000;
const int SlowCalls = 60;
Console.WriteLine(Percentiles.Header);
foreach (string rule in SplitRules.Names)
{
    DecisionCost decision = new(rule);
    string layer = $"{DecisionCost.Experts} experts x {DecisionCost.Devices} devices";
    Percentiles.Report($"fast loop, {layer}, split `{rule}`", FastCalls, decision.Decide);
}

foreach ((int experts, int topK) in new[] { (8, 2), (16, 2), (64, 6), (128, 8) })
{
    foreach (int tokens in new[] { 8, 4096 })
    {
        AutoCost cost = new(experts, topK, tokens);
        Percentiles.Report($"`auto`, {experts} experts, {tokens} tokens a sample", SlowCalls, cost.Decide);
    }
}
