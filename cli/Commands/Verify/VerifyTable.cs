using System.Globalization;

namespace DaprMoE.Cli;

/// <summary>
/// The checks of a run as rows: a kind of check that was made of several layers or cases is one row.
/// Those of them that failed are a table of their own.
/// </summary>
internal static class VerifyTable
{
    private const int MostFailures = 10;

    public static Table Of(VerifyResult result)
    {
        Table table = Create();
        foreach (IGrouping<string, Check> kind in Kinds(result))
        {
            List<Check> checks = kind.ToList();
            Add(table, checks is [Check only] ? only : Summary(kind.Key, checks));
        }

        return table;
    }

    /// <summary>The checks behind a row that failed, the first ten.</summary>
    public static Table FailuresOf(VerifyResult result, out int more)
    {
        List<Check> failed = [.. Kinds(result).Where(kind => kind.Count() > 1).SelectMany(kind => kind).Where(check => !check.Ok)];
        more = Math.Max(0, failed.Count - MostFailures);
        Table table = Create();
        foreach (Check check in failed.Take(MostFailures))
        {
            Add(table, check);
        }

        return table;
    }

    private static Table Create() => new(
        new Column("check"),
        new Column("max abs error", true),
        new Column("tolerance", true),
        new Column("result"),
        new Column("detail"));

    private static IEnumerable<IGrouping<string, Check>> Kinds(VerifyResult result) => result.Checks.GroupBy(check => KindOf(check.Name));

    private static Check Summary(string kind, List<Check> checks)
    {
        Check worst = checks.MaxBy(check => check.MaxAbsError ?? double.NegativeInfinity)!;
        int failed = checks.Count(check => !check.Ok);
        string detail = failed > 0 ? $"{failed} of {checks.Count} failed" : $"all {checks.Count}";
        if (worst.MaxAbsError > 0)
        {
            detail += $", worst {worst.Name}";
        }

        return new Check(kind, failed == 0, worst.MaxAbsError, worst.Tolerance, detail);
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
