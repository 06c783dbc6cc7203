using DaprMoE.Dashboard;

namespace DaprMoE.Gateway;

/// <summary>What the dashboard is told of experts and devices.</summary>
internal sealed record ExpertsReading(Part<ExpertMap> Map, Part<DevicesView> Devices, Part<PolicyView> Policy)
{
    /// <summary>Why there is nothing to switch.</summary>
    public const string FixedPolicy =
        "This server's experts stay at their static homes, so there is no policy to switch. Start it with --devices and --device-memory.";

    /// <summary>Nothing is known yet.</summary>
    public static ExpertsReading Starting(string phase) =>
        new(Part.Missing<ExpertMap>(Reason(phase)), Part.Missing<DevicesView>(Reason(phase)), Part.Missing<PolicyView>(Reason(phase)));

    /// <summary>Why nothing is known without a model.</summary>
    public static string Reason(string phase) => $"The model is not open: {phase}.";
}
