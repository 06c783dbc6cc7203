using System.Globalization;
using System.Text.Json;
using DaprMoE.Residency.Benchmarks;

// Prints, for each way to keep experts and each share of memory, what generation costs, as a Markdown table.
// Arguments: the model's folder; tokens (default 64); cached or past, how arenas read the file (default cached);
// shares of memory in percent (default 25,50,75,100); tokens of one iteration (default 1,16).
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["--case", var folder, var keeping, var rows, var percent, var skew, var length, var cache])
{
    MemoryCase what = new(Enum.Parse<Keeping>(keeping), int.Parse(rows, null), int.Parse(percent, null), double.Parse(skew, null));
    using CaseRun run = new(folder, what, cache == "past");
    Console.WriteLine(JsonSerializer.Serialize(run.Measure(int.Parse(length, null))));
    return 0;
}

if (args.Length == 0)
{
    Console.Error.WriteLine("Name the model's folder; see README.md.");
    return 2;
}

int tokens = args.Length > 1 ? int.Parse(args[1], null) : 64;
CaseProcess processes = new(args[0], tokens, args is [_, _, "past", ..]);
return new MemoryTable(processes, Numbers(3, "25,50,75,100"), Numbers(4, "1,16")).Print() ? 0 : 1;

int[] Numbers(int at, string otherwise) =>
    [.. (args.Length > at ? args[at] : otherwise).Split(',').Select(number => int.Parse(number, null))];
