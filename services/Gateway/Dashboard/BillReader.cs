using System.Globalization;
using DaprMoE.Dashboard;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>Reads the running bill for the dashboard.</summary>
internal static class BillReader
{
    /// <summary>What all policies together have come to.</summary>
    public static BillView Read(BillBook book)
    {
        BillSums served = default;
        BillSums fixedHomes = default;
        foreach ((_, Compared<BillSums> sums) in book.Sums())
        {
            (served, fixedHomes) = (served + sums.Actual, fixedHomes + sums.Static);
        }

        return new BillView(Totals(served), Totals(fixedHomes), Note(book));
    }

    private static BillTotals Totals(BillSums sums) => new(sums.ActiveGbSeconds, sums.ResidencyGbSeconds, sums.Money);

    private static string? Note(BillBook book) => (book.Emulated, book.SampledEverySeconds) switch
    {
        ({ } why, _) => $"Emulated: {why}",
        (null, { } seconds) => string.Create(CultureInfo.InvariantCulture, $"What expert hosts hold is looked at every {seconds:0.##} s."),
        _ => null,
    };
}
