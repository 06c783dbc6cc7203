using System.Globalization;

namespace DaprMoE.Cli;

/// <summary>
/// The checks of a run as rows: a kind of check that was made of several layers or cases is one row, and each that failed is one more.
/// </summary>
internal static class VerifyTable
{
    public static Table Of(VerifyResult result)
    {
        Table table = new(new Column("check"), new Column("max abs error", true), new Column("tolerance", true), new Column("result"), new Column("detail"));
        foreach (IGrouping<string, Check> kind in result.Checks.GroupBy(check => KindOf(check.Name)))
        {
            List<Check> checks = kind.ToList();
            if (checks.Count > 1)
            {
                AddSummary(table, kind.Key, checks);
            }

            foreach (Check check in checks.Where(check => checks.Count == 1 || !check.Ok))
            {
                Add(table, check);
            }
        }

        return table;
    }

    private static void AddSummary(Table table, string kind, List<Check> checks)
    {
        Check worst = checks.MaxBy(check => check.MaxAbsError ?? double.NegativeInfinity)!;
        int failed = checks.Count(check => !check.Ok);
        string detail = failed > 0 ? $"{failed} of {checks.Count} failed" : $"all {checks.Count}";
        if (worst.MaxAbsError > 0)
        {
            detail += $", worst {worst.Name}";
        }

        Add(table, new Check(kind, failed == 0, worst.MaxAbsError, worst.Tolerance, detail));
    }

    private static void Add(Table table, Check check) => table.Add(
        check.Name,
        Number(check.MaxAbsError),
        Number(check.Tolerance),
        Cell.Check(check.Ok),
        new Cell(check.Detail ?? "", Tone.Quiet));

    private static string Number(double? value) => value switch
    {
        null => "",
        var whole when whole == Math.Floor(whole.Value) => whole.Value.ToString("0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.0e+0", CultureInfo.InvariantCulture),
    };

    /// <summary>The name without its numbers: <c>router.3.logits</c> is one of <c>router.*.logits</c>.</summary>
    private static string KindOf(string name) =>
        string.Join('.', name.Split('.').Select(part => part.All(char.IsAsciiDigit) ? "*" : part));
}
