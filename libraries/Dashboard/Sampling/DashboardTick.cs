namespace DaprMoE.Dashboard;

/// <summary>What all viewers are shown at a tick.</summary>
/// <param name="Snapshot">The server.</param>
/// <param name="Frame">Its experts as a picture; null when there are none to draw.</param>
internal sealed record DashboardTick(DashboardSnapshot Snapshot, HeatMapFrame? Frame);
