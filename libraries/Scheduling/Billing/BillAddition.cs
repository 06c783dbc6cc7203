using System.Runtime.InteropServices;

namespace DaprMoE.Scheduling;

/// <summary>Adds the bills of two windows of one model.</summary>
internal static class BillAddition
{
    public static Bill Of(Bill first, Bill second) => first with
    {
        Window = first.Window with { EndUs = first.Window.EndUs + second.Window.LengthUs },
        Memory = first.Memory + second.Memory,
        NonExpert = first.NonExpert + second.NonExpert,
        Calls = first.Calls + second.Calls,
        CallMoney = first.CallMoney + second.CallMoney,
        Layers = [.. Rows(first.Layers, second.Layers).OrderBy(row => row.Key)],
        Experts = [.. Rows(first.Experts, second.Experts).OrderBy(row => row.Key.Layer).ThenBy(row => row.Key.Expert)],
        Devices = [.. Rows(first.Devices, second.Devices).OrderBy(row => row.Key)],
        Kinds = Rows(first.Kinds, second.Kinds),
        Requests = Requests(first.Requests, second.Requests),
        EndedRequests = first.EndedRequests + second.EndedRequests,
        UnattributedGbSeconds = first.UnattributedGbSeconds + second.UnattributedGbSeconds,
        UnattributedCalls = first.UnattributedCalls + second.UnattributedCalls,
        UnattributedMoney = first.UnattributedMoney + second.UnattributedMoney,
    };

    private static List<BillRow<TKey>> Rows<TKey>(IReadOnlyList<BillRow<TKey>> first, IReadOnlyList<BillRow<TKey>> second)
        where TKey : notnull
    {
        List<BillRow<TKey>> rows = [.. first];
        Dictionary<TKey, int> places = rows.Select((row, place) => (row.Key, place)).ToDictionary(pair => pair.Key, pair => pair.place);
        foreach (BillRow<TKey> row in second)
        {
            ref int place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, row.Key, out bool isKnown);
            if (isKnown)
            {
                rows[place] = new(row.Key, rows[place].Memory + row.Memory, rows[place].Money + row.Money);
            }
            else
            {
                place = rows.Count;
                rows.Add(row);
            }
        }

        return rows;
    }

    private static RequestBill[] Requests(IReadOnlyList<RequestBill> first, IReadOnlyList<RequestBill> second) =>
    [
        .. first.Concat(second).GroupBy(request => request.Request).OrderBy(parts => parts.Key, StringComparer.Ordinal)
            .Select(parts => parts.Aggregate((sum, part) => sum.Plus(part))),
    ];
}
