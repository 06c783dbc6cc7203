namespace DaprMoE.Dashboard.Tests;

/// <summary>Snapshots to show.</summary>
internal static class Snapshots
{
    public const string Why = "Nothing yet, for a test.";

    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>Two layers of three experts: L1.E0 has two copies, L1.E1 is loading, L3.E2 is draining, the rest is absent.</summary>
    public static ExpertMap Map { get; } = new(
        [new LayerLoad(1, [100L, 25L, 0L]), new LayerLoad(3, [0L, 0L, 4L])],
        [
            Replica(1, 0, 0, "local-0", ReplicaStates.Warm),
            Replica(1, 0, 1, "local-1", ReplicaStates.Loading),
            Replica(1, 1, 0, "local-0", ReplicaStates.Loading),
            Replica(3, 2, 0, "local-1", ReplicaStates.Draining),
        ]);

    /// <summary>A server that has just opened its model: nothing is known but that.</summary>
    public static DashboardSnapshot Bare { get; } = new()
    {
        At = Start,
        Server = new ServerView("tiny-moe", "ready", Fault: null, ChatRefusal: null),
        Traffic = Part.Of(new TrafficView(Running: 2, Waiting: 1, KvShare: 0.25, PromptTokens: 10, GeneratedTokens: 100)),
        Experts = Part.Missing<ExpertMap>(Why),
        Devices = Part.Missing<DevicesView>(Why),
        Policy = Part.Missing<PolicyView>(Why),
        Plan = Part.Missing<PlanSummary>(Why),
        Forecast = Part.Missing<ForecastView>(Why),
        Bill = Part.Missing<BillView>(Why),
        Requests = new RequestsView([], 0),
    };

    public static ReplicaView Replica(int layer, int expert, int index, string device, string state) =>
        new(layer, expert, index, device, state, Bytes: 221184, Planned: index == 0, Pinned: false);

    public static BillView Bill(double residency) =>
        new(new BillTotals(1, residency, 0.5), new BillTotals(2, 2 * residency, 1), Note: null);
}
