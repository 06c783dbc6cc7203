using System.Globalization;
using System.Text.Json;

namespace DaprMoE.Scheduling;

/// <summary>Compares a bill with a vector's expectation.</summary>
/// <param name="name">The case.</param>
/// <param name="expected">What the bill should be.</param>
/// <param name="mismatches">Gets a line for each difference.</param>
internal sealed class BillComparison(string name, JsonElement expected, List<string> mismatches)
{
    private const double Tolerance = 1e-9;
    private const double LeastScale = 1e-12;

    public void Compare(Bill bill)
    {
        Exact("byte_us.loading", bill.Memory.Loading);
        Exact("byte_us.active", bill.Memory.Active);
        Exact("byte_us.idle", bill.Memory.Idle);
        Exact("byte_us.non_expert", bill.NonExpert);
        Exact("byte_us.residency", bill.Residency);
        Exact("calls", bill.Calls);
        Real("active_gbs", bill.ActiveGbSeconds);
        Real("residency_gbs", bill.ResidencyGbSeconds);
        Real("parts_gbs.loading", ByteTime.GbSeconds(bill.Memory.Loading));
        Real("parts_gbs.active", ByteTime.GbSeconds(bill.Memory.Active));
        Real("parts_gbs.idle", ByteTime.GbSeconds(bill.Memory.Idle));
        Real("parts_gbs.non_expert", ByteTime.GbSeconds(bill.NonExpert));
        Real("call_money", bill.CallMoney);
        Real("money", bill.Money);
        Real("unattributed_gbs", bill.UnattributedGbSeconds);
        CompareRows(bill);
    }

    private void CompareRows(Bill bill)
    {
        Rows("by_layer_gbs", bill.Layers.Select(Residency));
        Rows("by_expert_gbs", bill.Experts.Select(Residency));
        Rows("by_device_gbs", bill.Devices.Select(Residency));
        Rows("by_kind_gbs", bill.Kinds.Select(Residency));
        Rows("memory_money", bill.Kinds.Select(row => (row.Key, row.Money)));
        Rows("by_request_gbs", bill.Requests.Select(request => (request.Request, request.ResidencyGbSeconds)), absentIsZero: true);
    }

    private static (string Key, double Value) Residency<TKey>(BillRow<TKey> row) =>
        (Convert.ToString(row.Key, CultureInfo.InvariantCulture)!, ByteTime.GbSeconds(row.Memory.Residency));

    private static bool Near(double actual, double wanted) =>
        Math.Abs(actual - wanted) <= Tolerance * Math.Max(LeastScale, Math.Abs(wanted));

    private JsonElement At(string path)
    {
        JsonElement at = expected;
        foreach (string key in path.Split('.'))
        {
            at = at.GetProperty(key);
        }

        return at;
    }

    private void Exact(string path, Int128 actual)
    {
        if (actual != Int128.Parse(At(path).GetRawText(), CultureInfo.InvariantCulture))
        {
            Add(path, At(path), actual.ToString(CultureInfo.InvariantCulture));
        }
    }

    private void Real(string path, double actual)
    {
        if (!Near(actual, At(path).GetDouble()))
        {
            Add(path, At(path), actual.ToString("R", CultureInfo.InvariantCulture));
        }
    }

    /// <param name="path">The rows' field.</param>
    /// <param name="rows">The bill's rows.</param>
    /// <param name="absentIsZero">A request whose layers never had a replica has a row of zero here, none in the vectors.</param>
    private void Rows(string path, IEnumerable<(string Key, double Value)> rows, bool absentIsZero = false)
    {
        Dictionary<string, double> actual = rows.Where(row => !absentIsZero || row.Value != 0).ToDictionary();
        Dictionary<string, double> wanted = At(path).EnumerateObject().Select(row => (row.Name, row.Value.GetDouble()))
            .Where(row => !absentIsZero || row.Item2 != 0).ToDictionary();
        foreach (string key in actual.Keys.Union(wanted.Keys))
        {
            bool both = actual.TryGetValue(key, out double value) & wanted.TryGetValue(key, out double want);
            if (!both || !Near(value, want))
            {
                string text = actual.ContainsKey(key) ? value.ToString("R", CultureInfo.InvariantCulture) : "no row";
                mismatches.Add($"{name}: {path}.{key}: expected {(wanted.ContainsKey(key) ? want : "no row")}, got {text}");
            }
        }
    }

    private void Add(string path, JsonElement wanted, string actual) =>
        mismatches.Add($"{name}: {path}: expected {wanted.GetRawText()}, got {actual}");
}
