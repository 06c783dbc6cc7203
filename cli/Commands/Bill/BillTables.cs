using System.Globalization;
using DaprMoE.Gateway;

namespace DaprMoE.Cli;

/// <summary>What <c>bill</c> prints.</summary>
internal static class BillTables
{
    public static IEnumerable<string> Head(BillReport bill)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{bill.Model}, policy {bill.Policy}, {bill.Seconds:0.0} s. Prices: {bill.Prices.CpuGbSecond:0.######e+0} USD per GB·s of cpu memory, "
            + $"{bill.Prices.GpuGbSecond:0.######e+0} of gpu memory, {bill.Prices.Call:0.######e+0} per call.");
        yield return "static: one copy of each expert, held throughout, over the same time and the same layer runs.";
        if (bill.Sampled.Count > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Sampled every {bill.SampleSeconds:0.#} s on the expert hosts: {string.Join(", ", bill.Sampled)}. Calls and layer times are exact.");
        }

        if (bill.Emulated is { } emulated)
        {
            yield return $"Emulated: {emulated}";
        }
    }

    public static IEnumerable<Table> All(BillReport bill)
    {
        yield return Parts("policy", [.. bill.Policies, bill.Total]);
        yield return Parts("memory", [.. bill.Memory]);
        yield return Parts("layer", [.. bill.Layers, bill.NonExpert]);
        if (bill.Experts.Count > 0)
        {
            yield return Parts("expert", bill.Experts);
        }

        yield return Parts("device", bill.Devices);
        yield return Parts("request", [.. bill.Requests, bill.Unattributed]);
    }

    private static Table Parts(string title, IReadOnlyList<BillPart> parts)
    {
        Table table = new(
            new(title),
            new("active GB·s", IsNumber: true), new("static", IsNumber: true),
            new("residency GB·s", IsNumber: true), new("static", IsNumber: true),
            new("money USD", IsNumber: true), new("static", IsNumber: true),
            new("calls", IsNumber: true));
        foreach (BillPart part in parts)
        {
            table.Add(
                Name(part),
                Figure(part.Actual.ActiveGbSeconds), Figure(part.Static?.ActiveGbSeconds),
                Figure(part.Actual.ResidencyGbSeconds), Figure(part.Static?.ResidencyGbSeconds),
                Figure(part.Actual.Money), Figure(part.Static?.Money),
                part.Actual.Calls is { } calls ? calls.ToString("N0", CultureInfo.InvariantCulture) : "-");
        }

        return table;
    }

    private static string Name(BillPart part) => part switch
    {
        { Count: { } count } => string.Create(CultureInfo.InvariantCulture, $"{part.Name} ({count})"),
        { State: "running" } => $"{part.Name} (running)",
        _ => part.Name,
    };

    /// <summary>Four significant digits; bills span many magnitudes.</summary>
    private static string Figure(double? value) => value is { } number ? number.ToString("G4", CultureInfo.InvariantCulture) : "-";
}
