using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>Writes a report from what was read of the meters.</summary>
internal sealed class BillReportBuilder(BilledModel model, BillPrices prices, BillReading reading, int experts)
{
    private static readonly string[] Meters = ["active", "residency", "money"];

    private readonly Compared<Bill> _all =
        reading.Policies.Select(policy => policy.Bill).Aggregate((sum, bill) => sum.With(bill, (one, other) => one.Plus(other)));

    public double? Sampled { get; init; }

    public string? Emulated { get; init; }

    public required Func<int, string> DeviceName { get; init; }

    public BillReport Build() => new()
    {
        Policy = reading.Policy,
        Seconds = Seconds(_all),
        Sampled = Sampled is null ? [] : Meters,
        SampleSeconds = Sampled,
        Emulated = Emulated,
        Prices = new BillPriceList(Price(BillOptions.Cpu), Price(BillOptions.Gpu), prices.PerCall),
        Total = Part("total", _all, Whole),
        Residency = new ResidencyParts(
            ByteTime.GbSeconds(_all.Actual.Memory.Loading),
            ByteTime.GbSeconds(_all.Actual.Memory.Active),
            ByteTime.GbSeconds(_all.Actual.Memory.Idle),
            ByteTime.GbSeconds(_all.Actual.NonExpert)),
        Policies = [.. reading.Policies.Select(policy => Part(policy.Policy, policy.Bill, Whole) with { Seconds = Seconds(policy.Bill) })],
        Layers = [.. Rows(_all.Select(bill => bill.Layers), layer => $"L{layer}")],
        Experts = new BilledExperts(model, _all, experts).Parts(),
        NonExpert = Part("non-expert", _all, NonExpert),
        Devices = [.. _all.Actual.Devices.Select(row => new BillPart(DeviceName(row.Key), Figures(row), null))],
        Memory = [.. Rows(_all.Select(bill => bill.Kinds), kind => kind)],
        Requests = new BilledRequests(reading, _all).Parts(),
        Unattributed = Part("unattributed", _all, Unattributed),
    };

    /// <summary>The meters of a row of memory.</summary>
    public static BillFigures Figures<TKey>(BillRow<TKey> row) =>
        new(ByteTime.GbSeconds(row.Memory.Active), ByteTime.GbSeconds(row.Memory.Residency), row.Money);

    private static BillFigures Whole(Bill bill) => new(bill.ActiveGbSeconds, bill.ResidencyGbSeconds, bill.Money, bill.Calls);

    private static BillFigures Unattributed(Bill bill) => new(0, bill.UnattributedGbSeconds, bill.UnattributedMoney, bill.UnattributedCalls);

    private static BillPart Part(string name, Compared<Bill> bill, Func<Bill, BillFigures> figures) =>
        new(name, figures(bill.Actual), figures(bill.Static));

    private static double Seconds(Compared<Bill> bill) => bill.Actual.Window.LengthUs / 1e6;

    /// <summary>Rows of both sides by key; what one side lacks is nothing there.</summary>
    private static IEnumerable<BillPart> Rows<TKey>(Compared<IReadOnlyList<BillRow<TKey>>> rows, Func<TKey, string> name)
        where TKey : notnull
    {
        Dictionary<TKey, BillRow<TKey>> actual = rows.Actual.ToDictionary(row => row.Key);
        Dictionary<TKey, BillRow<TKey>> homes = rows.Static.ToDictionary(row => row.Key);
        return homes.Keys.Union(actual.Keys).Select(key => new BillPart(
            name(key), Figures(actual.GetValueOrDefault(key)), Figures(homes.GetValueOrDefault(key))));
    }

    private BillFigures NonExpert(Bill bill)
    {
        double gbSeconds = ByteTime.GbSeconds(bill.NonExpert);
        return new BillFigures(0, gbSeconds, Price(BillOptions.Cpu) * gbSeconds);
    }

    private double Price(string kind) => prices.PerGbSecond(prices.IndexOf(kind));
}
