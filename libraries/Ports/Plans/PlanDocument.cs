namespace DaprMoE.Ports;

/// <summary>A plan of the slow loop: which replicas each layer has, on which device, and for how long an idle one is kept.</summary>
/// <param name="Version">The plan's number, at least 1; each plan that is written has a higher one.</param>
/// <param name="Model">The served model.</param>
/// <param name="Policy">The policy that made it.</param>
/// <param name="WindowVersion">The newest window of load that it was made from; 0 for a plan before any load.</param>
/// <param name="ForecastVersion">The forecast that it was made from; 0 when the policy uses none.</param>
/// <param name="CreatedAt">When it was made, in Unix milliseconds.</param>
/// <param name="KeepAliveMilliseconds">Longest idle time of a replica that the plan does not hold.</param>
/// <param name="Experts">Experts of each layer.</param>
/// <param name="Devices">Names of the devices; replicas name them by their place here.</param>
/// <param name="Layers">The plans of the MoE layers.</param>
public sealed record PlanDocument(
    long Version,
    string Model,
    string Policy,
    long WindowVersion,
    long ForecastVersion,
    long CreatedAt,
    long KeepAliveMilliseconds,
    int Experts,
    IReadOnlyList<string> Devices,
    IReadOnlyList<PlanLayer> Layers);
