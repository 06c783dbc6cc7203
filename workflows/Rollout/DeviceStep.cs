namespace DaprMoE.Workflows;

/// <summary>A step of a rollout on one device.</summary>
/// <param name="Version">Version of the proposed plan.</param>
/// <param name="Side">Which plan it works for.</param>
/// <param name="Device">The device's name.</param>
internal sealed record DeviceStep(long Version, RolloutSide Side, string Device);
