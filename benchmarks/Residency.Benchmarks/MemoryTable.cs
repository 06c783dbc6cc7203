namespace DaprMoE.Residency.Benchmarks;

/// <summary>The table: measures what the process needs besides experts, then each case within that and its share.</summary>
internal sealed class MemoryTable(CaseProcess processes, IReadOnlyList<int> percents, IReadOnlyList<int> rows)
{
    // Zipf's law, as the simulator draws it.
    private const double Skewed = 1.0;

    // Kernel memory, and some file cache for reads to pass through.
    private const long Slack = 48L << 20;

    /// <summary>False, with the reason, when nothing can be measured.</summary>
    public bool Print()
    {
        MemoryCase everything = new(Keeping.Arena, rows[0], Percent: 100, Skew: 0);
        CaseResult? whole = processes.Run(everything, limitBytes: null, out string reason);
        if (whole is null)
        {
            Console.Error.WriteLine(reason);
            return false;
        }

        long besides = whole.ProcessRss - whole.ArenaRss;
        Console.WriteLine(
            $"{Mb(whole.AllExpertBytes)} MB of experts; the process holds {Mb(besides)} MB besides; limit = both + {Mb(Slack)} MB. "
            + $"Without a limit, all experts in the arena: {whole.TokensPerSecond:0.0} tokens/s.");
        Console.WriteLine();
        string[] columns =
        [
            "tokens at a time", "routing", "memory for experts", "kept by", "tokens/s", "TTFT ms", "misses/token", "read MB/token", "RSS MB",
            "arena Rss / resident MB",
        ];
        Console.WriteLine($"| {string.Join(" | ", columns)} |");
        Console.WriteLine($"|{string.Concat(columns.Select(_ => "---|"))}");
        IEnumerable<MemoryCase> cases =
            from count in rows
            from skew in new[] { 0, Skewed }
            from percent in percents
            from keeping in Enum.GetValues<Keeping>()
            select new MemoryCase(keeping, count, percent, skew);
        foreach (MemoryCase what in cases)
        {
            Row(what, besides + Slack + (whole.AllExpertBytes * what.Percent / 100));
        }

        return true;
    }

    private static string Mb(double bytes) => $"{bytes / 1e6:0.#}";

    private static string Name(Keeping keeping) => keeping switch
    {
        Keeping.Map => "map",
        Keeping.ArenaLru => "arena, LRU",
        Keeping.Arena => "arena, next use",
        _ => "arena, next use and forecast",
    };

    private void Row(MemoryCase what, long limit)
    {
        CaseResult? result = processes.Run(what, limit, out string reason);
        string figures = result is null
            ? $"{reason} | | | | | "
            : $"{result.TokensPerSecond:0.0} | {result.TimeToFirstTokenMs:0} | {result.MissesPerToken?.ToString("0.0") ?? "–"} "
                + $"| {Mb(result.ReadBytesPerToken)} | {Mb(result.ProcessRss)} "
                + (result.ArenaRss > 0 ? $"| {Mb(result.ArenaRss)} / {Mb(result.ResidentBytes)}" : "| –");
        string routing = what.Skew == 0 ? "uniform" : $"Zipf {what.Skew:0.0}";
        Console.WriteLine($"| {what.Rows} | {routing} | {what.Percent} % | {Name(what.Keeping)} | {figures} |");
    }
}
