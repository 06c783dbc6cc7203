namespace DaprMoE.ExpertHost;

/// <summary>What an expert host is, once its model is open.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Model">Fingerprint of its model.</param>
/// <param name="Backend">What computes its experts.</param>
/// <param name="Devices">Its devices.</param>
public sealed record HostedExpertsInfo(string Name, string Model, string Backend, IReadOnlyList<HostedDevice> Devices);

/// <summary>A device of an expert host.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MemoryBytes">Bytes that its experts may hold.</param>
public sealed record HostedDevice(string Name, long MemoryBytes);
