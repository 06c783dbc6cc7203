namespace DaprMoE.Ports;

/// <summary>What a look into the log found.</summary>
/// <param name="Windows">New windows, oldest first.</param>
/// <param name="Refused">Places that hold no window.</param>
public sealed record LoadWindowBatch(IReadOnlyList<LoadWindow> Windows, int Refused);
