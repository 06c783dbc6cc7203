namespace DaprMoE.Ports;

/// <summary>Whom a call's frame is for.</summary>
/// <param name="Model">Fingerprint of the model whose experts are called.</param>
/// <param name="Incarnation">The life of the host that the caller knows; another life refuses the call as stale.</param>
/// <param name="Device">The device, numbered within its host.</param>
public readonly record struct CallAddress(UInt128 Model, ulong Incarnation, int Device);
