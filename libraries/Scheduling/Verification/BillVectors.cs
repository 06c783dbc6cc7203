using System.Globalization;
using System.Text.Json;

namespace DaprMoE.Scheduling;

/// <summary>The bill by its three meters.</summary>
internal sealed class BillVectors : IVectorFile
{
    public void Check(JsonElement input, VectorExpectation expected)
    {
        Bill bill = new BillVectorCase(input).Bill();
        CheckByteTime(bill, expected);
        expected.Exact("calls", bill.Calls);
        expected.Real("active_gbs", bill.ActiveGbSeconds);
        expected.Real("residency_gbs", bill.ResidencyGbSeconds);
        expected.Real("call_money", bill.CallMoney);
        expected.Real("money", bill.Money);
        expected.Real("unattributed_gbs", bill.UnattributedGbSeconds);
        Rows(expected, "by_layer_gbs", bill.Layers.Select(Residency));
        Rows(expected, "by_expert_gbs", bill.Experts.Select(Residency));
        Rows(expected, "by_device_gbs", bill.Devices.Select(Residency));
        Rows(expected, "by_kind_gbs", bill.Kinds.Select(Residency));
        Rows(expected, "memory_money", bill.Kinds.Select(row => KeyValuePair.Create(row.Key, row.Money)));
        RequestRows(expected, bill);
    }

    private static void CheckByteTime(Bill bill, VectorExpectation expected)
    {
        (string Name, Int128 Value)[] parts =
        [
            ("loading", bill.Memory.Loading),
            ("active", bill.Memory.Active),
            ("idle", bill.Memory.Idle),
            ("non_expert", bill.NonExpert),
        ];
        foreach ((string name, Int128 value) in (ReadOnlySpan<(string, Int128)>)[.. parts, ("residency", bill.Residency)])
        {
            string wanted = expected.Json.GetProperty("byte_us").GetProperty(name).GetRawText();
            expected.Verify($"byte_us.{name}", value == Int128.Parse(wanted, CultureInfo.InvariantCulture), value, wanted);
        }

        Rows(expected, "parts_gbs", parts.Select(part => KeyValuePair.Create(part.Name, ByteTime.GbSeconds(part.Value))));
    }

    private static KeyValuePair<string, double> Residency<TKey>(BillRow<TKey> row) =>
        KeyValuePair.Create(Convert.ToString(row.Key, CultureInfo.InvariantCulture)!, ByteTime.GbSeconds(row.Memory.Residency));

    /// <summary>A request whose layers never had a replica has a row of zero in the bill and none in the vectors.</summary>
    private static void RequestRows(VectorExpectation expected, Bill bill)
    {
        JsonElement wanted = expected.Json.GetProperty("by_request_gbs");
        Rows(expected, "by_request_gbs", bill.Requests
            .Where(request => request.ResidencyGbSeconds != 0 || wanted.TryGetProperty(request.Request, out _))
            .Select(request => KeyValuePair.Create(request.Request, request.ResidencyGbSeconds)));
    }

    private static void Rows(VectorExpectation expected, string name, IEnumerable<KeyValuePair<string, double>> rows)
    {
        Dictionary<string, double> actual = new(rows);
        JsonElement wanted = expected.Json.GetProperty(name);
        foreach (JsonProperty row in wanted.EnumerateObject())
        {
            bool exists = actual.TryGetValue(row.Name, out double value);
            bool near = exists && VectorExpectation.IsNear(value, row.Value.GetDouble());
            expected.Verify($"{name}.{row.Name}", near, exists ? value : "missing", row.Value);
        }

        foreach ((string key, double value) in actual)
        {
            expected.Verify($"{name}.{key}", wanted.TryGetProperty(key, out _), value, "no such row");
        }
    }
}
