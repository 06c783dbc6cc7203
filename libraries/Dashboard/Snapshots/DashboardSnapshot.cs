namespace DaprMoE.Dashboard;

/// <summary>A server at one moment. One is read per tick and shown to all viewers.</summary>
public sealed record DashboardSnapshot
{
    /// <summary>When it was read.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What is served.</summary>
    public required ServerView Server { get; init; }

    /// <summary>What the engine does.</summary>
    public required Part<TrafficView> Traffic { get; init; }

    /// <summary>The experts of all layers: load and replicas.</summary>
    public required Part<ExpertMap> Experts { get; init; }

    /// <summary>The devices, and how evenly they were used.</summary>
    public required Part<DevicesView> Devices { get; init; }

    /// <summary>What decides, and what may decide instead.</summary>
    public required Part<PolicyView> Policy { get; init; }

    /// <summary>What was decided, layer by layer.</summary>
    public required Part<PlanSummary> Plan { get; init; }

    /// <summary>What was expected beside what came.</summary>
    public required Part<ForecastView> Forecast { get; init; }

    /// <summary>What it has cost so far.</summary>
    public required Part<BillView> Bill { get; init; }

    /// <summary>Requests that are being answered.</summary>
    public required RequestsView Requests { get; init; }
}
